import type { Stage } from '../../contract/entities';

/**
 * The orders to write so that a stage stands at a place among its board's stages: as few as can be, since a stage may
 * be shared and its order then changes on other boards too. Equal orders stand by id, as Odoo has it.
 * @param stages in their present order
 * @param index the place among the others, from 0
 */
export function ordersFor(
  stages: readonly Stage[],
  stageId: string,
  index: number,
): { stage: Stage; order: number }[] {
  const stage = stages.find(({ stage_id }) => stage_id === stageId);
  if (!stage) return [];
  const others = stages.filter((other) => other !== stage);
  if (stages.indexOf(stage) === index) return [];
  const before = others[index - 1];
  const next = others[index];
  if (!before) return next ? [{ stage, order: next.order - 1 }] : [];
  const changes: { stage: Stage; order: number }[] = [];
  let last = before.order;
  for (const each of [stage, ...others.slice(index)]) {
    if (each !== stage && each.order > last) break; // from here on they stand right as they are
    last++;
    changes.push({ stage: each, order: last });
  }
  return changes;
}
