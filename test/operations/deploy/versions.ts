/** Versions of the program as somebody has them on a laptop: this one, and those that no server should be left with. */

import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As `scripts/deploy/client/transfer.sh` sends them. */
const sources = /^sources=\((.+)\)$/m.exec(readFileSync('scripts/setup/parts/sources.sh', 'utf8'))?.[1]?.split(' ') ?? [];

const main = 'src/main.ts';
const changes = {
	old: [main, (text: string) => text],
	good: [main, (text: string) => `${text}// Newer.\n`],
	'crashes at its start': [main, (text: string) => `${text}throw new Error('broken');\n`],
	hangs: [main, (text: string) => `for (;;);\n${text}`],
	'never answers': ['src/probe/probe.ts', (text: string) => text.replace('for await', 'await new Promise(() => {});\n\tfor await')],
	'answers something else': ['src/probe/probe.ts', (text: string) => text.replace('text += event.text', "text = 'cheese'")],
	// 64 MB five times a second.
	'loses memory': [
		main,
		(text: string) => `${text}const lost: Buffer[] = [];\nsetInterval(() => lost.push(Buffer.alloc(67_108_864, 1)), 200);\n`,
	],
	'migrates badly': ['migrations/9999-bad.ts', () => badMigration],
} satisfies Record<string, [string, (text: string) => string]>;

const badMigration = `import { Migration } from '@mikro-orm/migrations';
export class Bad extends Migration {
	override up(): void {
		this.addSql('create table half_done (id int)');
		this.addSql('select nothing from nowhere');
	}
}
`;

export type VersionName = keyof typeof changes;

/** @returns a folder with it below `folder`, without git. */
export async function writeVersion(name: VersionName, folder: string): Promise<string> {
	const target = join(folder, 'versions', name.replaceAll(' ', '-'));
	await mkdir(target, { recursive: true });
	for (const source of sources) await cp(source, join(target, source), { recursive: true });
	const [file, change] = changes[name];
	const before = await readFile(join(target, file), 'utf8').catch(() => '');
	await writeFile(join(target, file), change(before));
	return target;
}
