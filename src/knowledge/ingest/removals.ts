/** What becomes of documents when the messages, files and channels go that they came from: the last one takes the document along. */

import type { Transaction } from '../../database/transaction.ts';
import type { Place } from '../../platform/place.ts';
import type { PlaceEvent } from '../../platform/place-event.ts';
import type { Notice } from './notices.ts';
import type { FileMessage } from './placements.ts';
import type { ObsoleteLine } from './remove-line-job.ts';
import { settleVersions } from './versions.ts';

type Asking = Pick<Transaction, 'query'>;

/** Which placements are meant: conditions on \`placement\`, with their parameters. */
export interface Removal {
	where: string;
	parameters: readonly unknown[];
}

/** What went with them. */
export interface Removed {
	/** Messages of which files are left. */
	changed: FileMessage[];
	/** The bot's own messages about those of which none is left. */
	lines: ObsoleteLine[];
	/** Documents that lie nowhere any more: from now on nobody finds them, and their bytes are to be removed. */
	documentIds: string[];
}

interface GonePlacement extends FileMessage {
	name: string;
	place: Place;
	notice: Notice;
}

/** Of what was shared in a chat. */
function isOfMessage(gone: GonePlacement | { messageId: null }): gone is GonePlacement {
	return gone.messageId !== null;
}

/** Of a message, all files but these. */
export function filesOfMessage(channelId: string, messageId: string, keptFileIds: readonly string[]): Removal {
	return {
		where: 'placement.channel_id = $1 and placement.message_id = $2 and not placement.file_id = any($3)',
		parameters: [channelId, messageId, keptFileIds],
	};
}

/** Wherever the platform has the file. */
export function filesOfId({ platform, tenantId }: Pick<PlaceEvent, 'platform' | 'tenantId'>, fileId: string): Removal {
	return {
		where: `placement.file_id = $3 and placement.channel_id in (select id from channels where platform = $1 and tenant_id = $2)`,
		parameters: [platform, tenantId, fileId],
	};
}

export function filesOfChannel(channelId: string): Removal {
	return { where: 'placement.channel_id = $1', parameters: [channelId] };
}

/** Where documents lie in a workspace, guild or tenant, each with the best way to it. */
export async function channelsWithFiles(
	{ query }: Asking,
	{ platform, tenantId }: Pick<PlaceEvent, 'platform' | 'tenantId'>,
): Promise<{ channelId: string; place: Place | null }[]> {
	return await query(
		`select distinct on (channel.id) channel.id as "channelId", placement.place
			from channels as channel join document_placements as placement on placement.channel_id = channel.id
			where channel.platform = $1 and channel.tenant_id = $2
			order by channel.id, placement.place -> 'route' is null, placement.shared_at desc`,
		[platform, tenantId],
	);
}

/**
 * What was published from them goes along. Documents are held meanwhile, so that of two who remove the last two placements one sees that nothing is
 * left.
 */
export async function removePlacements({ query }: Asking, { where: meant, parameters }: Removal): Promise<Removed> {
	const where = `(${meant} or placement.published_from in (select placement.id from document_placements as placement where ${meant}))`;
	const held = await query<{ id: string }>(
		`select id from documents where id in (select document_id from document_placements as placement where ${where}) order by id for update`,
		parameters,
	);
	const all = await query<GonePlacement | { messageId: null }>(
		`delete from document_placements as placement where ${where}
			returning channel_id as "channelId", message_id as "messageId", shared_by as "sharedBy", name, place, notice`,
		parameters,
	);
	const gone = all.filter(isOfMessage);
	for (const { channelId, name } of gone) await settleVersions({ query }, channelId, name);
	const heldIds = held.map(({ id }) => id);
	return { ...(await messagesAfter({ query }, gone)), documentIds: await letGo({ query }, heldIds) };
}

async function messagesAfter({ query }: Asking, gone: readonly GonePlacement[]): Promise<Pick<Removed, 'changed' | 'lines'>> {
	const messages = new Map(gone.map((placement) => [`${placement.channelId} ${placement.messageId}`, placement]));
	const after: Pick<Removed, 'changed' | 'lines'> = { changed: [], lines: [] };
	for (const { channelId, messageId, sharedBy, place, notice } of messages.values()) {
		const left = await query('select id from document_placements where channel_id = $1 and message_id = $2 limit 1', [
			channelId,
			messageId,
		]);
		if (left.length > 0) after.changed.push({ channelId, messageId, sharedBy });
		else if (notice !== null && notice.messageId !== null) after.lines.push({ place, messageId: notice.messageId });
	}
	return after;
}

/** @returns those among them that lie nowhere any more. */
export async function letGo({ query }: Asking, documentIds: readonly string[]): Promise<string[]> {
	const left = await query<{ id: string }>(
		`update documents set status = 'leaving' where id = any($1)
			and not exists (select from document_placements as placement where placement.document_id = documents.id) returning id`,
		[documentIds],
	);
	return left.map(({ id }) => id);
}
