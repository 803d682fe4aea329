// What travels between the stand-in for VS Code and its window in the browser.

/** A webview that is open. */
export interface PanelView {
  id: string;
  /** `taskboard.boardPanel` and the like; a view of the side bar has its own id. */
  viewType: string;
  title: string;
  place: 'sidebar' | 'editor';
  /** Counts the pages that stood in it: another number is another page. */
  page: number;
}

export interface QuickRow {
  label: string;
  description: string;
  ticked: boolean;
}

/** A quick pick or an input box. */
export interface QuestionView {
  id: number;
  title: string;
  prompt: string;
  value: string;
  placeholder: string;
  password: boolean;
  /** Why the text is not taken, or what it is read as. */
  remark: string;
  /** Absent in an input box. */
  rows?: QuickRow[];
  many: boolean;
  buttons: string[];
}

export interface NoticeView {
  id: number;
  kind: 'info' | 'warning' | 'error';
  text: string;
  buttons: string[];
}

/** All that the window shows, beside what happens inside the webviews. */
export interface WindowView {
  panels: PanelView[];
  question: QuestionView | null;
  notices: NoticeView[];
  status: string[];
  /** Why the sources can't be built or started. */
  trouble: string[];
  commands: { command: string; title: string }[];
}

/** To the browser. */
export type Told =
  | { kind: 'window'; view: WindowView }
  | { kind: 'message'; panel: string; message: unknown }
  | { kind: 'open'; href: string };

/** From the browser. */
export type Heard =
  | { kind: 'message'; panel: string; message: unknown }
  | { kind: 'state'; panel: string; state: unknown }
  | { kind: 'close'; panel: string }
  | { kind: 'front'; panel: string }
  | { kind: 'command'; command: string }
  | { kind: 'key'; key: string }
  | { kind: 'typed'; question: number; value: string }
  | { kind: 'ticked'; question: number; rows: number[] }
  | { kind: 'accepted'; question: number; rows: number[] }
  | { kind: 'pressed'; question: number; button: number }
  | { kind: 'hidden'; question: number }
  | { kind: 'notice'; notice: number; button: number | null };
