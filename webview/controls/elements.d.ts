import type { HTMLAttributes } from 'svelte/elements';

// The toolkit's elements, as far as the controls set them.
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'vscode-button': HTMLAttributes<HTMLElement> & { appearance?: string; disabled?: boolean };
    'vscode-checkbox': HTMLAttributes<HTMLElement>;
    'vscode-dropdown': HTMLAttributes<HTMLElement>;
    'vscode-option': HTMLAttributes<HTMLElement> & { value?: string };
    'vscode-text-area': HTMLAttributes<HTMLElement> & {
      placeholder?: string;
      rows?: number;
      resize?: string;
      disabled?: boolean;
    };
    'vscode-text-field': HTMLAttributes<HTMLElement> & {
      placeholder?: string;
      maxlength?: number | undefined;
    };
  }
}
