/** Keys whose texts are people's own words, names or secrets. */
const PERSONAL: Record<string, (count: number) => string> = {
  name: (count) => `Name ${count}`,
  email: (count) => `person${count}@example.com`,
  title: (count) => `Title ${count}`,
  label: (count) => `Label ${count}`,
  text: (count) => `Line ${count}`,
  milestone: (count) => `Milestone ${count}`,
  description: () => 'A description.',
  description_md: () => 'A description.',
  body_md: () => 'A comment.',
  old_value: (count) => `Value ${count}`,
  new_value: (count) => `Value ${count}`,
  token: () => 'a-token-that-was-revoked',
  cursor: () => 'a-cursor',
  avatar_url: (count) => `https://odoo.example.com/web/image/res.partner/${count}/avatar_128`,
  web_url: (count) => `https://odoo.example.com/mail/view?model=project.task&res_id=${count}`,
};

/** Takes what belongs to people out of a document and leaves its shape; the same text becomes the same again. */
export function createMask(): (document: unknown) => unknown {
  const known = new Map<string, string>();
  const replace = (key: string, text: string): string => {
    const masked = PERSONAL[key];
    // What is empty stays so: that there is nothing is part of the shape.
    if (!masked || text === '') return text;
    const id = `${key} ${text}`;
    const replacement = known.get(id) ?? masked(known.size + 1);
    known.set(id, replacement);
    return replacement;
  };
  const mask = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return replace(key, value);
    if (Array.isArray(value)) return value.map((each) => mask(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, mask(each, inner)]));
  };
  return (document) => mask(document, '');
}
