// Room: webview/controls: form controls as components of our own.
// Owner: nobody: a control shows the value that it is given.
// Source: docs/decisions/0012-the-archived-toolkit.md.

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
  /** The native field inside, once the element was drawn. */
  control: HTMLTextAreaElement | HTMLInputElement | undefined;
}

/**
 * Gives a text element its value, in the field inside as well: the toolkit would hand it on a frame later, and what is
 * typed in that frame would be added to the old text.
 */
export function setText(element: TextElement, value: string): void {
  if (element.value !== value) element.value = value;
  const { control } = element;
  if (control && control.value !== value) control.value = value;
}

/** What is typed is in its own direction: the field inside does not take the attribute from the element. */
export function ownDirection({ control }: TextElement): void {
  control?.setAttribute('dir', 'auto');
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
