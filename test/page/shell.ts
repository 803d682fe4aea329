// The window in the browser: it frames the webviews and passes on what they and the extension say to each other. It
// runs in a browser, as server.ts bundles it.
import { bodyClass, THEMES, type Theme } from '../webview/themes';
import { QuestionDialog } from './questionDialog';
import type { Heard, NoticeView, PanelView, Told, WindowView } from './protocol';

const element = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector)!;
const [themes, widths, motion, commands] = ['theme', 'width', 'motion', 'command'].map((id) =>
  element<HTMLSelectElement>(`#${id}`),
) as [HTMLSelectElement, HTMLSelectElement, HTMLSelectElement, HTMLSelectElement];
const WIDTHS = ['320', '480', '700', '1000'];

// One after the other: a message may not overtake the one before.
let posted: Promise<unknown> = Promise.resolve();
function hear(heard: Heard): void {
  const body = JSON.stringify(heard);
  posted = posted.then(() => fetch('/heard', { method: 'POST', body })).catch(() => {});
}

const frames = new Map<string, { page: number; section: HTMLElement; frame: HTMLIFrameElement }>();
const question = new QuestionDialog(element<HTMLDialogElement>('#question'), hear);

const chosenTheme = () => themes.value as Theme;

/** Gives a webview the theme of the moment, as VS Code does: nothing of its page is loaded anew. */
function dress(frame: HTMLIFrameElement): void {
  const style = frame.contentDocument?.querySelector('#vscode-theme');
  const body = frame.contentDocument?.body;
  if (!style || !body) return;
  const theme = chosenTheme();
  void fetch(`/theme/${theme}.css`)
    .then((answer) => answer.text())
    .then((css) => {
      style.textContent = css;
      body.classList.remove(...Object.values(bodyClass), 'vscode-reduce-motion');
      body.classList.add(bodyClass[theme]);
      if (motion.value === 'less') body.classList.add('vscode-reduce-motion');
    });
}

function fit({ section }: { section: HTMLElement }): void {
  const fixed = widths.value !== 'fit' && !section.classList.contains('sidebar');
  section.classList.toggle('fixed', fixed);
  section.style.width = fixed ? `${widths.value}px` : '';
}

function load({ id }: PanelView, frame: HTMLIFrameElement): void {
  frame.src = `/panel/${id}?theme=${chosenTheme()}`;
}

function showPanels(panels: PanelView[]): void {
  for (const [id, { section }] of frames) {
    if (panels.some((panel) => panel.id === id)) continue;
    section.remove();
    frames.delete(id);
  }
  for (const panel of panels) {
    let known = frames.get(panel.id);
    if (!known) {
      known = { page: panel.page, ...panelElements(panel) };
      frames.set(panel.id, known);
      element('#panels').append(known.section);
      fit(known);
      load(panel, known.frame);
    } else if (known.page !== panel.page) {
      known.page = panel.page;
      load(panel, known.frame);
    }
    known.section.querySelector('.name')!.textContent = panel.title;
  }
}

function panelElements({ id, place, viewType }: PanelView) {
  const section = document.createElement('section');
  section.className = `panel ${place}`;
  section.dataset['viewType'] = viewType;
  const title = document.createElement('div');
  title.className = 'title';
  const name = document.createElement('span');
  name.className = 'name';
  title.append(name);
  if (place === 'editor') {
    const close = document.createElement('button');
    close.textContent = '✕';
    close.setAttribute('aria-label', 'Close');
    close.onclick = () => hear({ kind: 'close', panel: id });
    title.append(close);
  }
  const frame = document.createElement('iframe');
  frame.title = viewType;
  frame.onload = () => {
    dress(frame);
    const { contentWindow } = frame;
    contentWindow?.addEventListener('focus', () => hear({ kind: 'front', panel: id }));
    contentWindow?.addEventListener('keydown', (event) => {
      const key = keyOf(event);
      if (key) hear({ kind: 'key', key });
    });
  };
  section.append(title, frame);
  return { section, frame };
}

/** A key as package.json names it, of those that need one that is held. */
function keyOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string | undefined {
  if (!altKey && !ctrlKey && !metaKey) return undefined;
  const held = [(ctrlKey || metaKey) && 'ctrl', shiftKey && 'shift', altKey && 'alt'].filter(Boolean);
  return [...held, key.replace(/^Arrow/, '').toLowerCase()].join('+');
}

function showNotices(notices: NoticeView[]): void {
  const boxes = notices.map(({ id, kind, text, buttons }) => {
    const box = document.createElement('div');
    box.className = `notice ${kind}`;
    box.append(Object.assign(document.createElement('div'), { textContent: text }));
    const press = (label: string, pressed: number | null) => {
      const button = Object.assign(document.createElement('button'), { textContent: label });
      button.onclick = () => hear({ kind: 'notice', notice: id, button: pressed });
      box.append(button);
    };
    buttons.forEach(press);
    press('Close', null);
    return box;
  });
  element('#notices').replaceChildren(...boxes);
}

function showWindow(view: WindowView): void {
  showPanels(view.panels);
  showNotices(view.notices);
  question.show(view.question);
  element('#status').textContent = view.status.join('   ').replace(/\$\([a-z-]+\)\s*/g, '');
  const trouble = element('#trouble');
  trouble.hidden = view.trouble.length === 0;
  trouble.textContent = view.trouble.join('\n');
  if (commands.options.length <= 1)
    for (const { command, title } of view.commands) commands.add(new Option(title, command));
}

window.addEventListener(
  'message',
  ({ data, source }: MessageEvent<{ message?: unknown; state?: unknown }>) => {
    for (const [panel, { frame }] of frames) {
      if (frame.contentWindow !== source) continue;
      if ('message' in data) hear({ kind: 'message', panel, message: data.message });
      else if ('state' in data) hear({ kind: 'state', panel, state: data.state });
    }
  },
);

for (const theme of THEMES) themes.add(new Option(theme));
widths.add(new Option('all there is', 'fit'));
for (const width of WIDTHS) widths.add(new Option(`${width} px`, width));
motion.add(new Option('as usual', 'usual'));
motion.add(new Option('less', 'less'));
commands.add(new Option('run one…', ''));
for (const [select, name] of [
  [themes, 'theme'],
  [widths, 'width'],
  [motion, 'motion'],
] as const) {
  const kept = localStorage.getItem(name);
  if (kept && [...select.options].some(({ value }) => value === kept)) select.value = kept;
  select.onchange = () => {
    localStorage.setItem(name, select.value);
    for (const each of frames.values()) {
      dress(each.frame);
      fit(each);
    }
  };
}
commands.onchange = () => {
  if (commands.value) hear({ kind: 'command', command: commands.value });
  commands.value = '';
};

new EventSource('/told').onmessage = ({ data }: MessageEvent<string>) => {
  const told = JSON.parse(data) as Told;
  if (told.kind === 'window') showWindow(told.view);
  else if (told.kind === 'open') window.open(told.href, '_blank', 'noopener');
  else frames.get(told.panel)?.frame.contentWindow?.postMessage(told.message, location.origin);
};
