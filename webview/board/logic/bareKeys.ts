import { isCharacter, isThirdLevel, type Stroke } from './strokes';

/**
 * Whether a key is a letter, digit or sign alone: what a setting takes from the board, for those whose speech input or
 * habits type such keys by accident. Space stays, as it is every list's key.
 */
export function isBareCharacter(stroke: Omit<Stroke, 'shiftKey'>): boolean {
  const { ctrlKey, metaKey, altKey } = stroke;
  return isCharacter(stroke) && ((!ctrlKey && !metaKey && !altKey) || isThirdLevel(stroke));
}
