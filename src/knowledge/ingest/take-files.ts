/** Takes the files that people share: where that is switched on, from whom may, and as far as their limits go. */

import type { Database } from '../../database/database.ts';
import type { Identities } from '../../identity/identity.ts';
import type { Person } from '../../identity/person.ts';
import { channelIdOf } from '../../identity/place-id.ts';
import type { JobDefinition } from '../../jobs/job.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import type { Limits } from '../../limits/limits.ts';
import type { Pacer } from '../../pacing/pacer.ts';
import type { Actor } from '../../platform/chat-event.ts';
import type { ChatPlatform } from '../../platform/chat-platform.ts';
import type { FileShared } from '../../platform/place-event.ts';
import { standardLimits } from '../reader/limits.ts';
import type { AskedAbout } from './ask-job.ts';
import { type ChannelIngestion, ingestionIn } from './channel-files.ts';
import { toFileName } from './file-name.ts';
import { reasonOfLimit } from './file-reason.ts';
import type { SharedFileId } from './ingest-file-job.ts';
import { enterPlacement, type FileMessage, placementIdOf, type SharedFile } from './placements.ts';

export interface TakeFilesDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	identities: Pick<Identities, 'resolve'>;
	limits: Pick<Limits, 'admitFile' | 'uploadBytes'>;
	database: Pick<Database, 'asLibrarian'>;
	jobs: Pick<Jobs, 'enqueue'>;
	ingest: JobDefinition<SharedFileId>;
	show: JobDefinition<FileMessage>;
	ask: JobDefinition<AskedAbout>;
	/** Where nobody decided. */
	channels: ChannelIngestion;
}

/** They have no words, and a channel has many of them. */
const wordless = /^(?:image|audio|video)\//;

/** Harmless to repeat. @throws BotError as `Identities.resolve` and `Database.asLibrarian`. */
export function createTakeFiles(deps: TakeFilesDependencies): (event: FileShared, signal: AbortSignal) => Promise<void> {
	const { platforms, limits, database, jobs, ingest, show, ask, channels } = deps;

	async function sharerOf(event: FileShared, signal: AbortSignal): Promise<Person | null> {
		const { platform = event.platform } = event.sharedBy;
		const home = platforms.get(platform);
		if (home === undefined) return null;
		// What the event tells of a profile is its own platform's word.
		const met = platform === event.platform ? event : { ...event, place: null, profile: undefined };
		const person = await deps.identities.resolve(home, event.sharedBy, met, signal);
		return person.standing === 'member' ? person : null;
	}

	async function decisionFor({ place, messageId, file }: FileShared): Promise<ChannelIngestion | 'taken'> {
		return await database.asLibrarian(async ({ query }) => {
			const [known] = await query('select id from document_placements where id = $1', [placementIdOf(place, messageId, file.id)]);
			if (known !== undefined) return 'taken';
			return await ingestionIn({ query }, place, channels);
		});
	}

	/** For citations; an answer can do without. */
	async function linkOf({ place, messageId }: FileShared, signal: AbortSignal): Promise<string | null> {
		const platform = platforms.get(place.platform);
		if (platform === undefined || !platform.capabilities.linksMessages.includes(place.kind)) return null;
		const call = { operation: 'look-up-link', place, priority: 'update' } as const;
		const look = () => platform.permalink({ place, messageId }, signal);
		return await deps
			.pacers(platform)
			.run(call, signal, look)
			.catch(() => null);
	}

	async function enter(file: SharedFile, sharedBy: string, actor: Actor): Promise<void> {
		const { place, messageId, status } = file;
		await database.asLibrarian(async (transaction) => {
			const placementId = await enterPlacement(transaction, file);
			if (placementId === null) return;
			if (status === 'waiting') await jobs.enqueue(transaction, ingest, { placementId, userId: sharedBy });
			const message = { channelId: channelIdOf(place), messageId, sharedBy };
			if (status === 'asked') await jobs.enqueue(transaction, ask, { ...message, actor });
			else await jobs.enqueue(transaction, show, message);
		});
	}

	return async (event, signal) => {
		const { place, messageId, file, occurredAt: sharedAt } = event;
		// What nobody lets the bot have, people are told where they ask about it.
		if (file.source === null || wordless.test(file.mediaType)) return;
		const decision = await decisionFor(event);
		if (decision === 'off' || decision === 'taken') return;
		const person = await sharerOf(event, signal);
		if (person === null) return;
		const refusal = await limits.admitFile(person, file.sizeBytes);
		const maxBytes = Math.min(limits.uploadBytes(person) ?? Number.POSITIVE_INFINITY, standardLimits.mostFileBytes);
		const shared: SharedFile = {
			...{ place, messageId, fileId: file.id, name: toFileName(file.name), account: person.identityId, sharedAt },
			url: await linkOf(event, signal),
			fetching: { attachment: file, maxBytes },
			status: refusal !== null ? 'refused' : decision === 'ask' ? 'asked' : 'waiting',
			reason: refusal && reasonOfLimit(refusal),
		};
		await enter(shared, person.userId, event.sharedBy);
	};
}
