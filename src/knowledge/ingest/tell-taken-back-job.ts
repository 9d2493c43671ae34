/** Tells who published a document that it was taken back because there is a newer version, and how that is published. */

import { z } from 'zod';
import type { Database } from '../../database/database.ts';
import { toBotError } from '../../errors.ts';
import type { TellAlone } from '../../identity/tell-alone.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import { type Language, wordsFor } from '../../locales/locales.ts';
import type { Logger } from '../../log.ts';
import type { Place } from '../../platform/place.ts';
import { shortenedInMiddle } from '../../text.ts';
import { documentNumber } from '../shelf/matching.ts';
import type { OutdatedPublication } from './outdated-publications.ts';

const outdatedPublication = z.object({ placementId: z.uuid(), by: z.uuid().nullable() });

export interface TellTakenBackDependencies {
	database: Pick<Database, 'asLibrarian' | 'queryAsRegistrar'>;
	tellAlone: TellAlone;
	language: Language;
	logger: Pick<Logger, 'warn'>;
}

interface NewerVersion {
	name: string;
	placementId: string;
	place: Place | null;
}

/** Enough to recognise it. */
const mostNameCharacters = 60;

/** The placement itself where it has other content now. */
const findNewest = `
select newest.id as "placementId", newest.name, newest.place
from document_placements as old join document_placements as newest on newest.channel_id = old.channel_id and newest.name = old.name
where old.id = $1 and newest.superseded_at is null and (newest.id = old.id or old.superseded_at is not null)
order by newest.shared_at desc, newest.id desc limit 1`;

/** Those to whom somebody gave the role; of who has it by a group nobody knows here. */
const findAdministrators = `select id from users where role = 'ccb_admin' and deactivated_at is null order by id`;

export function createTellTakenBackJob(deps: TellTakenBackDependencies): JobDefinition<OutdatedPublication> {
	const { database, tellAlone, language, logger } = deps;

	async function administrators(): Promise<string[]> {
		return (await database.queryAsRegistrar<{ id: string }>(findAdministrators, [])).map(({ id }) => id);
	}

	/** @returns whether they are told; what the platform refuses for good it refuses again. */
	async function tell(userId: string, { name, placementId, place }: NewerVersion, signal: AbortSignal): Promise<boolean> {
		const told = (locale: string | null) => {
			const { docs } = wordsFor(locale, language);
			const shown = name === '' ? docs.nameless : shortenedInMiddle(name, mostNameCharacters);
			return [docs.takenBack(shown, documentNumber(placementId))];
		};
		try {
			return await tellAlone({ userId, near: place, told }, signal);
		} catch (thrown) {
			const { code, reason } = toBotError(thrown);
			if (code !== 'PLATFORM_REJECTED') throw thrown;
			logger.warn({ reason }, 'an administrator could not be told that a publication was taken back');
			return false;
		}
	}

	return {
		name: 'tell-taken-back',
		data: outdatedPublication,
		key: ({ placementId }) => placementId,
		async run({ placementId, by }, { signal }) {
			const [newest] = await database.asLibrarian(({ query }) => query<NewerVersion>(findNewest, [placementId]));
			if (newest === undefined) return;
			if (by !== null && (await tell(by, newest, signal))) return;
			for (const userId of await administrators()) if (userId !== by) await tell(userId, newest, signal);
		},
	};
}
