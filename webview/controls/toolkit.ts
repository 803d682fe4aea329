import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

// The one place that knows which toolkit the controls are made of. Registering twice does no harm.
provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeTextArea(),
  vsCodeTextField(),
);

/** The part of the toolkit's text elements that the controls use. */
export interface TextElement extends HTMLElement {
  value: string;
  /** The native field inside. */
  control: HTMLTextAreaElement | HTMLInputElement;
}

/** The part of the toolkit's dropdown that the control uses. */
export interface DropdownElement extends HTMLElement {
  value: string;
  open: boolean;
}

/** The part of the toolkit's checkbox that the control uses. */
export interface CheckboxElement extends HTMLElement {
  checked: boolean;
}
