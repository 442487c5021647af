/* Examples that `local` and `kind` include. To remove an example, delete its folder and its line here. */
export * from '../examples/shop';
export {};
