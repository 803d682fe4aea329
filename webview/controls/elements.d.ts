import type { HTMLAttributes } from 'svelte/elements';
import type { CheckboxElement, DropdownElement, TextElement } from './toolkit';

// The toolkit's elements, as far as the controls set them.
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'vscode-button': HTMLAttributes<HTMLElement> & { appearance?: string; disabled?: boolean };
    'vscode-checkbox': HTMLAttributes<CheckboxElement>;
    'vscode-dropdown': HTMLAttributes<DropdownElement>;
    'vscode-option': HTMLAttributes<HTMLElement> & { value?: string };
    'vscode-text-area': HTMLAttributes<TextElement> & {
      placeholder?: string;
      rows?: number;
      resize?: string;
      disabled?: boolean;
    };
    'vscode-text-field': HTMLAttributes<TextElement> & {
      placeholder?: string;
      maxlength?: number | undefined;
    };
  }
}
