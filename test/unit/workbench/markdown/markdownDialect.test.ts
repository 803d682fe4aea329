import assert from 'node:assert/strict';
import { renderMarkdown } from '../../../../src/workbench/markdown/markdownDialect';

const rendered = (text: string) => renderMarkdown(text)?.trim().replaceAll('\n', '');

describe('the dialect of texts', () => {
  const table: [text: string, html: string][] = [
    ['**bold** ~~gone~~', '<p><strong>bold</strong> <s>gone</s></p>'],
    ['one\ntwo', '<p>one<br>two</p>'],
    ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
    ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
    ['- [ ] open', '<ul><li><input type="checkbox" disabled="">open</li></ul>'],
    ['* [x] done', '<ul><li><input type="checkbox" disabled="" checked="">done</li></ul>'],
    ['- \\[ ] no box', '<ul><li>[ ] no box</li></ul>'],
    ['> [!NOTE]\n> a', '<blockquote type="note"><p>a</p></blockquote>'],
    ['> [!CAUTION]\n>\n> - a', '<blockquote type="caution"><ul><li>a</li></ul></blockquote>'],
    ['> \\[!TIP]\n> a', '<blockquote><p>[!TIP]<br>a</p></blockquote>'],
    ['> [!IMPORTANT]', '<blockquote><p>[!IMPORTANT]</p></blockquote>'],
    [
      '~~https://a.example/__init__.py~~',
      '<p><s><a href="https://a.example/__init__.py">https://a.example/__init__.py</a></s></p>',
    ],
    ['1. [x] numbered', '<ol><li>[x] numbered</li></ol>'],
    [
      '- [X] **bold**',
      '<ul><li><input type="checkbox" disabled="" checked=""><strong>bold</strong></li></ul>',
    ],
    ['- [ ]', '<ul><li>[ ]</li></ul>'],
    ['- [ ]none', '<ul><li>[ ]none</li></ul>'],
    ['[ ] no item', '<p>[ ] no item</p>'],
    ['- `[ ]` code', '<ul><li><code>[ ]</code> code</li></ul>'],
    ['see https://example.com/x', '<p>see <a href="https://example.com/x">https://example.com/x</a></p>'],
    ['www.example.com', '<p><a href="https://www.example.com">www.example.com</a></p>'],
    ['(www.example.com/a).', '<p>(<a href="https://www.example.com/a">www.example.com/a</a>).</p>'],
    ['www.', '<p>www.</p>'],
    ['git@github.com:a/b', '<p>git@github.com:a/b</p>'],
    ['README.md, example.com, //example.com/a', '<p>README.md, example.com, //example.com/a</p>'],
    ['ftp://example.com/a', '<p>ftp://example.com/a</p>'],
    ['[task](/odoo/project/1)', '<p><a href="/odoo/project/1">task</a></p>'],
    [
      '|a|b|\n|-|-|\n|1|2|',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    ],
    ['| | |\n|-|-|\n|1|2|', '<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>'],
  ];
  for (const [text, html] of table)
    it(`makes ${JSON.stringify(text)} what it means`, () => assert.equal(rendered(text), html));

  it('gives no HTML for a text whose HTML would be out of proportion, rather than a part of it', () => {
    const address = `https://example.com/${'a'.repeat(10_000)}`;
    assert.equal(renderMarkdown(`[a]: ${address}\n\n${'[a] '.repeat(1_000)}`), null);
    assert.equal(renderMarkdown(`${'>'.repeat(120)} deep`), null);
    assert.equal(renderMarkdown('*a* '.repeat(20_000)), null);
  });
});
