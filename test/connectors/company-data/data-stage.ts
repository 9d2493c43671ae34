/** The sample company in an SQLite file, asked by people of its roles, with a model that says what a test scripts. */

import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCatalogueFolder } from '#src/connectors/catalogue/catalogue-folder.ts';
import { usablePart } from '#src/connectors/catalogue/usable.ts';
import { type CompanyData, type CompanyDataDependencies, createCompanyData } from '#src/connectors/company-data/company-data.ts';
import type { DataAsking } from '#src/connectors/company-data/data-asking.ts';
import type { ConnectorQueryEntry, Connectors } from '#src/connectors/connectors.ts';
import { shownRole, type UserRole } from '#src/database/roles.ts';
import { spanish } from '#src/locales/spanish.ts';
import { silentLogger } from '#src/log.ts';
import type { PlaceAudience } from '#src/platform/audience.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakeLimits } from '#test/fakes/limits.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { createFakeModelPool, says } from '#test/fakes/model-pool.ts';
import { toolContext } from '#test/tools/tool-fixture.ts';
import { writeCompanyFile } from '../company/open-company.ts';
import { askInProcess } from './ask-in-process.ts';

const here: Place = { platform: 'fake', tenantId: 'T', channelId: 'D1', threadId: '', kind: 'direct' };
export const channel: Place = { ...here, channelId: 'C1', kind: 'channel' };

export interface DataStage {
	data: CompanyData;
	connectors: Connectors;
	models: ReturnType<typeof createFakeModelPool>;
	/** What was written down, in order. */
	entries: ConnectorQueryEntry[];
	/** Who reads along in channels, by their roles. */
	readers: UserRole[];
	/** What `ask` does instead of asking the database. */
	breaks: { with: Error | null };
	/** The model answers with these objects, one a request. */
	script(...objects: object[]): void;
	asking(question: string, given?: Partial<DataAsking> & { role?: UserRole }): DataAsking;
	close(): Promise<void>;
}

const open: PlaceAudience = { isOpen: true, hasOutsiders: false, accountIds: null };

const sample = fileURLToPath(new URL('../company/company.yaml', import.meta.url));

/** @param pool of real models, where a test does not script one. */
export async function openDataStage(catalogue = sample, pool: CompanyDataDependencies['models'] | null = null): Promise<DataStage> {
	const folder = await mkdtemp(join(tmpdir(), 'openccb-data-'));
	writeCompanyFile(join(folder, 'company.sqlite'));
	await copyFile(catalogue, join(folder, 'company.yaml'));
	const clock = createManualClock();
	const models = createFakeModelPool();
	const entries: ConnectorQueryEntry[] = [];
	const readers: UserRole[] = [];
	const breaks: DataStage['breaks'] = { with: null };
	const files = createCatalogueFolder(folder);
	const ask = askInProcess(join(folder, 'company.sqlite'), clock.now);
	const connectors: Connectors = {
		async usableBy(asker, others = []) {
			const roles = [asker, ...others].map(shownRole);
			const now = new Date(clock.now());
			return (await files.read()).found.flatMap(({ catalogue, revision, questions }) => {
				const part = usablePart(catalogue, { roles, switchedOff: [], reads: questions.reads, now });
				const named = { name: catalogue.connector, catalogue, revision, role: shownRole(asker), hasPersonalRows: false };
				return part === null ? [] : [{ ...named, ...part }];
			});
		},
		ask: async (...asked) => (breaks.with === null ? await ask(...asked) : Promise.reject(breaks.with)),
		async record(_asker, entry) {
			entries.push(entry);
			return String(entries.length);
		},
	};
	const data = createCompanyData({
		...{ connectors, models: pool ?? models, clock, limits: createFakeLimits(), logger: silentLogger },
		memberships: { audienceOf: async () => open },
		readerRoles: { of: async () => readers },
		addresses: { addressOf: async () => null },
	});
	return {
		...{ data, connectors, models, entries, readers, breaks },
		script: (...objects) => models.script(...objects.map((object) => says(JSON.stringify(object)))),
		asking(question, { role = 'ccb_sales', ...given } = {}) {
			const { person, account, platform } = toolContext();
			const who = { person: { ...person, role }, account, platform, place: here };
			return { ...who, words: spanish, questionId: 'q', conversationId: 'c', question, frame: null, model: 'fake-model', ...given };
		},
		close: () => rm(folder, { recursive: true, force: true }),
	};
}
