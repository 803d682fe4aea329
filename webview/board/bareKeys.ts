/**
 * Whether a key is a letter, digit or sign alone: what a setting takes from the board, for those whose speech input or
 * habits type such keys by accident. Space stays, as it is every list's key.
 */
export function isBareCharacter({
  key,
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  return [...key].length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;
}
