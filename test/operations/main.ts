/** `npm run test:operations -- https`: proves one thing around the program, with the real tools; each folder here is one. */

const proofs: Readonly<Record<string, () => Promise<unknown>>> = { https: () => import('./https/main.ts') };

const [name = ''] = process.argv.slice(2);
const prove = proofs[name];
if (prove === undefined) {
	process.stderr.write(`Say what is to be proven: ${Object.keys(proofs).join(', ')}\n`);
	process.exit(1);
}
await prove();
