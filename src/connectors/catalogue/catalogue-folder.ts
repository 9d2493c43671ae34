/** The folder that connectors' files lie in, as it is now: what each file says, or what is wrong with it. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BotError } from '../../errors.ts';
import type { Catalogue } from './catalogue-file.ts';
import type { CatalogueProblem } from './contradictions.ts';
import { type QuestionRelations, questionRelations } from './question-relations.ts';
import { readCatalogue } from './read-catalogue.ts';

export interface FoundCatalogue {
	/** Its name in the folder. */
	file: string;
	catalogue: Catalogue;
	revision: string;
	questions: QuestionRelations;
}

export interface BrokenCatalogue {
	file: string;
	problems: CatalogueProblem[];
}

export interface CatalogueFolder {
	/** A path. */
	readonly path: string;
	/** By name of the connector. @throws BotError `CONFIG_INVALID` when the folder cannot be read. */
	read(): Promise<{ found: FoundCatalogue[]; broken: BrokenCatalogue[] }>;
}

/** Editors and deployments leave others. */
const isCatalogue = (name: string) => /^[^.].*\.ya?ml$/.test(name);

export function createCatalogueFolder(path: string): CatalogueFolder {
	/** By file: what its text said, so that only a file that has changed is read as YAML again. */
	const readings = new Map<string, { text: string; reading: FoundCatalogue | BrokenCatalogue }>();

	async function readAnew(file: string): Promise<FoundCatalogue | BrokenCatalogue> {
		const text = await readFile(join(path, file), 'utf8');
		const known = readings.get(file);
		if (known?.text === text) return known.reading;
		const read = readCatalogue(text);
		const reading = 'problems' in read ? { file, ...read } : { file, ...read, questions: await questionRelations(read.catalogue) };
		readings.set(file, { text, reading });
		return reading;
	}

	return {
		path,
		async read() {
			const found = new Map<string, FoundCatalogue>();
			const broken: BrokenCatalogue[] = [];
			try {
				for (const file of (await readdir(path)).filter(isCatalogue).sort()) {
					const reading = await readAnew(file);
					if ('problems' in reading) broken.push(reading);
					else if (found.has(reading.catalogue.connector)) broken.push({ file, problems: [{ path: 'connector', kind: 'taken' }] });
					else found.set(reading.catalogue.connector, reading);
				}
			} catch (error) {
				throw new BotError('CONFIG_INVALID', 'the folder that CONNECTORS names cannot be read', { cause: error });
			}
			return { found: [...found.values()].sort((one, other) => (one.catalogue.connector < other.catalogue.connector ? -1 : 1)), broken };
		},
	};
}
