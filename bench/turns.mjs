// Who comes when.

/** The list from another place on each round: whoever comes first finds another machine than whoever comes last. */
export const turned = (list, round) => [...list.slice(round % list.length), ...list.slice(0, round % list.length)];
