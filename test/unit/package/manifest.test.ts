import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/prepare.mjs';

interface Command {
  command: string;
  title: string;
  enablement?: string;
}

interface Manifest {
  version: string;
  homepage: string;
  repository: { url: string };
  bugs: { url: string };
  qna: string;
  badges: { url: string; href: string; description: string }[];
  galleryBanner: { color: string; theme: string };
  categories: string[];
  keywords: string[];
  contributes: {
    commands: Command[];
    menus: { commandPalette: { command: string; when: string }[] };
    walkthroughs: { steps: { id: string; media: { markdown: string } }[] }[];
  };
}

const text = (file: string) => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(text('package.json')) as Manifest;
const { commands, menus, walkthroughs } = manifest.contributes;
const home = manifest.repository.url.replace(/\.git$/, '');

/** What needs neither an account nor a board nor a card: these are there for everybody, at any time. */
const NEEDS_NOTHING = [
  ...['signIn', 'tryDemo', 'showLog', 'copyDiagnostics', 'boardSettings', 'chooseCardFields'],
  ...['compactCards', 'comfortableCards', 'showLimits', 'hideLimits'],
];
/** What means the card that has the focus: on a board without one there is nothing to do. */
const NEEDS_CARD = ['grabCard', 'peekCard', 'renameCard', 'selectCard'];
/** Also by a key, which goes elsewhere where its command is not enabled: the palette alone leaves them out. */
const MOVES_CARD = ['moveCardUp', 'moveCardDown', 'moveCardLeft', 'moveCardRight'];

describe('the commands', () => {
  for (const { command, enablement } of commands) {
    const name = command.replace('taskboard.', '');
    if (NEEDS_NOTHING.includes(name))
      it(`${name} can be used by everybody`, () => assert.equal(enablement, undefined));
    else
      it(`${name} says what it needs`, () => {
        assert.match(enablement ?? '', /^taskboard\.(signedIn|boardFocus)( && taskboard\.cardFocus)?$/);
        assert.equal(enablement?.includes('cardFocus') ?? false, NEEDS_CARD.includes(name));
        if (!MOVES_CARD.includes(name)) return;
        const inPalette = menus.commandPalette.find((each) => each.command === command);
        assert.equal(inPalette?.when, 'taskboard.cardFocus');
      });
  }

  it('ask for nothing that nobody sets', () => {
    const named = [...JSON.stringify(manifest.contributes).matchAll(/(?<!config\.)\btaskboard\.(\w+)\b/g)];
    const contexts = new Set(
      commands.flatMap(({ enablement = '' }) => enablement.match(/taskboard\.\w+/g) ?? []),
    );
    for (const { when } of menus.commandPalette) {
      for (const [whole] of when.matchAll(/(?<![.\w])taskboard\.\w+/g)) contexts.add(whole);
    }
    assert.ok(named.length > contexts.size && contexts.size >= 4);
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => text(join('src', file)))
      .join('\n');
    for (const context of contexts) assert.ok(sources.includes(`'${context}'`), `${context} is set nowhere`);
  });

  it('lists as free of needs only what there is', () => {
    const names = commands.map(({ command }) => command.replace('taskboard.', ''));
    for (const name of [...NEEDS_NOTHING, ...NEEDS_CARD, ...MOVES_CARD])
      assert.ok(names.includes(name), name);
  });
});

describe('the shop window', () => {
  it('has one address, wherever it is written', () => {
    assert.match(home, /^https:\/\/github\.com\/[\w-]+\/[\w-]+$/);
    assert.equal(manifest.homepage, `${home}#readme`);
    assert.equal(manifest.bugs.url, `${home}/issues`);
    assert.ok(manifest.qna.startsWith(`${home}/`));
    for (const { url, href } of manifest.badges) {
      assert.ok(url.startsWith(`${home}/`) && href.startsWith(`${home}/`), url);
      const workflow = /\/workflows\/([\w-]+\.yml)/.exec(url)?.[1];
      assert.ok(workflow && existsSync(join(root, '.github', 'workflows', workflow)), url);
    }
    const own = new RegExp(`https://github\\.com/${home.split('/')[3]}/[\\w.-]+`, 'g');
    for (const file of [
      ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md', '.github/ISSUE_TEMPLATE/config.yml'],
      ...['odoo-module/ipai_taskboard_api/__manifest__.py', 'deploy/systemd/odoo-taskboard.service'],
      'odoo-module/ipai_taskboard_api/readme/CONTRIBUTORS.md',
    ])
      for (const [found] of text(file).matchAll(own)) assert.equal(found, home, file);
  });

  it('is found by what people search for, and looks like something', () => {
    const wanted = ['kanban', 'odoo', 'board', 'task', 'todo', 'project management', 'trello', 'scrum'];
    for (const keyword of wanted) assert.ok(manifest.keywords.includes(keyword), keyword);
    assert.ok(manifest.keywords.length <= 30, 'the Marketplace refuses more');
    assert.ok(manifest.categories.length >= 1);
    assert.match(manifest.galleryBanner.color, /^#[0-9a-f]{6}$/);
  });

  it('shows a picture at each step of the walkthrough', () => {
    for (const { steps } of walkthroughs)
      for (const { id, media } of steps) {
        const pictures = [...text(media.markdown).matchAll(/!\[([^\]]+)\]\(([^)]+)\)/g)];
        assert.ok(pictures.length > 0, id);
        for (const [, description, file = ''] of pictures) {
          assert.ok(description, id);
          assert.ok(existsSync(join(root, media.markdown, '..', file)), file);
        }
      }
  });
});

describe('the README', () => {
  it('names nothing that is not in the repository', () => {
    const links = [...text('README.md').matchAll(/\]\(([^)#\s]+)/g)].map(([, link = '']) => link);
    assert.ok(links.length > 5);
    for (const link of links) if (!/^https?:/.test(link)) assert.ok(existsSync(join(root, link)), link);
  });
});
