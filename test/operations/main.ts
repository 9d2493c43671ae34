/** `npm run test:operations -- https`: proves one thing around the program, with the real tools; each folder here is one. */

const [name = 'https'] = process.argv.slice(2);
await import(`./${name}/main.ts`);
