/** What every Relay connection says of its parts; the plugin writes those types, so it is told here. */

export const connectionDescriptions = {
  defaultConnectionTypeOptions: { description: 'Part of a list, and where in the list it lies.' },
  edgesFieldOptions: { description: 'The items of this part, in order.' },
  pageInfoFieldOptions: { description: 'Where this part begins and ends.' },
  defaultEdgeTypeOptions: { description: 'An item and its place in the list.' },
  nodeFieldOptions: { description: 'The item.' },
  cursorFieldOptions: { description: 'The place of the item; opaque. Pass it as after or before.' },
  pageInfoTypeOptions: { description: 'Where a part of a list begins and ends.' },
  hasNextPageFieldOptions: { description: 'Whether more items follow.' },
  hasPreviousPageFieldOptions: { description: 'Whether items come before.' },
  startCursorFieldOptions: { description: 'The place of the first item; null when there is none.' },
  endCursorFieldOptions: { description: 'The place of the last item; null when there is none. Pass it as after to go on.' },
  firstArgOptions: { description: 'At most this many items, from the start or from after on.' },
  lastArgOptions: { description: 'At most this many items, counted back from the end or from before.' },
  afterArgOptions: { description: 'Only items behind this cursor.' },
  beforeArgOptions: { description: 'Only items ahead of this cursor.' },
};
