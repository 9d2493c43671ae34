/** Erases all that is held of a person, from every store, and leaves an entry in the audit log that says nothing but that it was done. */

import type { RunningTurns } from '../conversation/running-turns.ts';
import type { Database } from '../database/database.ts';
import { BotError } from '../errors.ts';
import { noteDeed } from '../identity/log-entry.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { ShelfChanges } from '../knowledge/shelf/shelf-changes.ts';
import type { UploadStore } from '../knowledge/uploads/upload-store.ts';
import type { LivePublisher } from '../live/live-publisher.ts';
import { languages } from '../locales/locales.ts';
import type { Logger } from '../log.ts';
import { type AskedThere, askedThere, type TellThereDependencies, tellThere } from './asked-there.ts';
import type { ConversationRemovals, StoredConversation } from './conversation-removal.ts';
import { type OwnStatements, ownPrincipal } from './own-statements.ts';

export interface ErasePersonDependencies extends TellThereDependencies {
	database: Pick<Database, 'asUser' | 'queryAs' | 'queryAsRegistrar' | 'queryAsLibrarian'>;
	statements: Pick<OwnStatements, 'erase'>;
	removals: Pick<ConversationRemovals, 'remove'>;
	running: Pick<RunningTurns, 'stop'>;
	shelfChanges: Pick<ShelfChanges, 'forget'>;
	uploads: Pick<UploadStore, 'remove'>;
	publisher: Pick<LivePublisher, 'forget' | 'tellPerson'>;
	logger: Pick<Logger, 'warn'>;
}

/** Whoever wrote somewhere reads there from their own first message on, so that they can erase it in their own name. */
const takePart = `
	insert into conversation_participants (conversation_id, user_id, reads_from)
	select conversation_id, $1, min(created_at) from messages where author_user_id = $1 group by conversation_id on conflict do nothing`;
const selectConversations = `
	select c.id, c.platform, c.tenant_id as "tenantId", c.channel_id as "channelId", c.thread_id as "threadId", c.kind from conversations c
	where exists (select from conversation_participants own where own.conversation_id = c.id and own.user_id = $1)`;
const selectShared = 'select id from document_placements where shared_by = $1 and published_from is null';
const selectUploads = 'select id from uploads where user_id = $1';
const selectWritten = `
	select id from messages where status = 'generating' and in_reply_to in (select id from messages where author_user_id = $1) limit 1`;

export function createErasePersonJob(deps: ErasePersonDependencies): JobDefinition<AskedThere> {
	const { database, statements, removals, running, shelfChanges, uploads, publisher, logger } = deps;

	async function eraseConversations(userId: string): Promise<void> {
		await database.queryAsRegistrar(takePart, [userId]);
		const found = await database.queryAsRegistrar<StoredConversation>(selectConversations, [userId]);
		for (const conversation of found) {
			// Before it is gone, too: whoever dies in between finds it no more.
			await publisher.forget(conversation.id);
			await removals.remove(ownPrincipal(userId), conversation);
			await publisher.forget(conversation.id);
		}
	}

	async function eraseFiles(userId: string, signal: AbortSignal): Promise<void> {
		const shared = await database.queryAsLibrarian<{ id: string }>(selectShared, [userId]);
		for (const { id } of shared) await shelfChanges.forget(id);
		const given = await database.queryAsLibrarian<{ id: string }>(selectUploads, [userId]);
		const ids = given.map(({ id }) => id);
		await uploads.remove(userId, ids, signal);
	}

	/** What is being written for them is stopped first; until it has ended it could still write its text down. */
	async function refuseWhileWritten(userId: string): Promise<void> {
		const written = await database.queryAs(ownPrincipal(userId), selectWritten, [userId]);
		if (written.length > 0) throw new BotError('CONFLICT', 'an answer to them has not ended yet', { retryable: true });
	}

	return {
		name: 'erase-person',
		data: askedThere,
		key: ({ userId }) => userId,
		userId: ({ userId }) => userId,
		async run(asked, { signal, finishIn }) {
			const { userId, language } = asked;
			await running.stop({ userId });
			await eraseConversations(userId);
			await eraseFiles(userId, signal);
			await refuseWhileWritten(userId);
			await statements.erase(userId);
			await publisher.tellPerson(userId, { kind: 'sessions' });
			// Whoever cannot be told is erased all the same.
			await tellThere(deps, asked, [languages[language].myData.erased], signal).catch((error: unknown) =>
				logger.warn({ err: error }, 'somebody could not be told that all of theirs is erased'),
			);
			await database.asUser(ownPrincipal(userId), async (transaction) => {
				const entry = { action: 'my-data-delete', outcome: 'done', subjectUserId: userId, details: {} } as const;
				await noteDeed(transaction, ownPrincipal(userId), entry);
				await finishIn(transaction);
			});
		},
		async onLost(asked) {
			await tellThere(deps, asked, [languages[asked.language].myData.notErased], AbortSignal.timeout(patienceMs));
		},
	};
}

/** Whoever waits for this is told later, from another try. */
const patienceMs = 10_000;
