/** A database of the company to ask: made when the playground starts, and put to use by its administrator in her own chat, as any connector is. */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Language } from '#src/locales/locales.ts';
import { writeCompanyFile } from '#test/connectors/company/open-company.ts';
import { botId, type Stage } from './stages/stage.ts';

/** One is a verified question; for the other the model writes a statement; the third is not for employees. */
export const sampleQuestions: Record<Language, string[]> = {
	es: ['¿Cuántas bombas hay en Valencia?', '¿Qué almacén tiene más unidades?', '¿Cuántos pedidos hay?'],
	en: ['How many water pumps are there in Valencia?', 'Which warehouse has most units?', 'How many orders are there?'],
};

/** As its file calls it. */
const connector = 'almacen';
const admin = 'ana';

/** How long the bot may take for each of her orders, on a busy machine. */
const patienceMs = 20_000;
const lookEveryMs = 50;

/** @returns the folder of connectors. */
export async function writeSampleDatabase(dataFolder: string): Promise<string> {
	const folder = resolve(dataFolder, 'sample-connectors');
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const file = join(folder, 'company.sqlite');
	await rm(file, { force: true });
	writeCompanyFile(file);
	const catalogue = await readFile(new URL('../../test/connectors/company/company.yaml', import.meta.url), 'utf8');
	// Whoever administrates the bot may ask for all of it.
	await writeFile(join(folder, `${connector}.yaml`), `${catalogue.trimEnd()}\n  admin: { views: all }\n`);
	return folder;
}

/** Adds, tests and approves it. Whoever approved it in an earlier start is told so. Never rejects: without it the rest of the playground works. */
export async function approveSampleDatabase(stage: Stage): Promise<void> {
	const chat = stage.look(admin).places.find(({ kind }) => kind === 'direct');
	if (chat === undefined) return;
	const said = () => stage.look(admin).messages.filter(({ placeId, authorId }) => placeId === chat.id && authorId === botId).length;
	for (const order of ['añadir', 'probar', 'aprobar']) {
		const before = said();
		await stage.command({ personId: admin, placeId: chat.id, text: `/ccb consultas ${order} ${connector}` });
		const until = performance.now() + patienceMs;
		while (said() === before && performance.now() < until) await wait(lookEveryMs);
	}
}
