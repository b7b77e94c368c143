/** What an object has itself. What scripts of the page have left in `Object.prototype` is nobody's setting. */

/** An object with the same members that inherits nothing: for options of the browser's functions, and for props. */
export const own = <Members extends object>(from: Members): Members => ({ __proto__: null, ...from });

/** A member of an object or of its class. */
export function member(from: object, name: string): unknown {
  // Then nothing of it is inherited. A proxy may say of no member that it has it.
  if (!(name in Object.prototype)) return (from as Record<string, unknown>)[name];
  for (let at = from; at && at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    if (Object.hasOwn(at, name)) return (from as Record<string, unknown>)[name];
  }
  return undefined;
}

/** These members, as an object's own. */
export const pick = <Members extends object, Name extends keyof Members & string>(from: Members, ...names: Name[]): Pick<Members, Name> => (
  Object.fromEntries(names.map((name) => [name, member(from, name)])) as Pick<Members, Name>
);

/** A setting, or undefined if a page's own getter throws. */
export function quietly<Of>(setting: () => Of): Of | undefined {
  try {
    return setting();
  } catch {
    return undefined;
  }
}
