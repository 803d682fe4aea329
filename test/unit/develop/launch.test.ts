import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../../scripts/lib/prepare.mjs';

// VS Code reads these files with comments; so does TypeScript's reader.
function read<T>(file: string): T {
  const { config, error } = ts.readConfigFile(join(root, file), (path) => readFileSync(path, 'utf8')) as {
    config: T;
    error?: ts.Diagnostic;
  };
  assert.equal(error?.messageText, undefined, file);
  return config;
}

interface Launch {
  name: string;
  type: string;
  args?: string[];
  env?: Record<string, string>;
  program?: string;
  preLaunchTask?: string;
  sourceMaps?: boolean;
  debugWebviews?: boolean;
}

interface Matcher {
  pattern: { regexp: string; file: number; line: number; message: number };
  background?: { beginsPattern: string; endsPattern: string };
}

interface Task {
  label: string;
  script?: string;
  args?: string[];
  isBackground?: boolean;
  dependsOn?: string[];
  problemMatcher: Matcher | string[];
}

const { configurations } = read<{ configurations: Launch[] }>('.vscode/launch.json');
const { tasks } = read<{ tasks: Task[] }>('.vscode/tasks.json');
const { scripts } = read<{ scripts: Record<string, string> }>('package.json');
const task = (label: string): Task => {
  const found = tasks.find((each) => each.label === label);
  assert.ok(found, `There is no task ${label}`);
  return found;
};

describe('F5', () => {
  it('starts what is there: tasks, scripts, programs', () => {
    for (const { preLaunchTask, program } of configurations) {
      if (preLaunchTask) task(preLaunchTask);
      if (program) assert.ok(existsSync(program.replace('${workspaceFolder}', root)), program);
    }
    for (const { script, args = [], dependsOn = [] } of tasks) {
      if (script) assert.ok(script in scripts, script);
      for (const arg of args) if (arg.endsWith('.mjs')) assert.ok(existsSync(join(root, arg)), arg);
      dependsOn.forEach(task);
    }
  });

  it('opens the demo board with the webviews under the debugger, once the build is there', () => {
    const [first] = configurations;
    assert.equal(first?.type, 'extensionHost');
    assert.equal(first.debugWebviews, true);
    assert.equal(first.sourceMaps, true);
    assert.equal(first.env?.['TASKBOARD_OPEN_DEMO'], '1');
    assert.ok(first.args?.includes('--extensionDevelopmentPath=${workspaceFolder}'));
    assert.equal(task(first.preLaunchTask ?? '').isBackground, true);
  });

  it('waits for the lines that the watch prints, and reads its errors', () => {
    const matcher = task('watch').problemMatcher as Matcher;
    const source = readFileSync(join(root, 'scripts', 'watch.mjs'), 'utf8');
    assert.ok(source.includes("'[watch] build started'"));
    assert.ok(source.includes('`[watch] build finished'));
    assert.match('[watch] build started', new RegExp(matcher.background?.beginsPattern ?? '$^'));
    for (const line of ['[watch] build finished', '[watch] build finished, 2 wrong'])
      assert.match(line, new RegExp(matcher.background?.endsPattern ?? '$^'));
    const { regexp, file, line, message } = matcher.pattern;
    const match = new RegExp(regexp).exec('✘ webview/board/view/Board.svelte:12:3: error: Unexpected token');
    assert.deepEqual(
      [match?.[file], match?.[line], match?.[message]],
      ['webview/board/view/Board.svelte', '12', 'Unexpected token'],
    );
  });

  it('is not ignored, and not packed', () => {
    assert.doesNotMatch(readFileSync(join(root, '.gitignore'), 'utf8'), /^\.vscode\/?$/m);
    assert.match(readFileSync(join(root, '.vscodeignore'), 'utf8'), /^\*\*$/m);
    assert.doesNotMatch(readFileSync(join(root, '.vscodeignore'), 'utf8'), /^!\.vscode/m);
  });
});
