/** What documents are taken from and whom they are for, as settings and command lines write it. Pure. */

import { resolve } from 'node:path';
import { type BucketPlace, parseBucketPlace } from '../files/s3/address.ts';

export interface SyncedSource {
	/** How it is called in the database: an absolute folder, or `s3://bucket/prefix`. The same source lies in one place at a time. */
	name: string;
	from: { folder: string } | { bucket: BucketPlace };
	/** Null for the whole company. */
	channel: SyncChannel | null;
}

export interface SyncChannel {
	platform: string;
	tenantId: string;
	channelId: string;
}

/** `FOLDER => company` or `s3://bucket/prefix => platform:tenant:channel`. Null for what is none. */
export function parseSync(text: string): SyncedSource | null {
	const [from, target, ...rest] = text.split('=>').map((part) => part.trim());
	if (from === undefined || target === undefined || rest.length > 0) return null;
	const channel = target === 'company' ? null : parseSyncChannel(target);
	return channel === undefined ? null : parseSyncSource(from, channel);
}

/** Undefined for what is none. Ids of channels hold colons on Teams, and stand last. */
export function parseSyncChannel(text: string): SyncChannel | undefined {
	const [, platform, tenantId, channelId] = /^([a-z]+):([^:\s]+):(\S+)$/.exec(text) ?? [];
	return platform === undefined || tenantId === undefined || channelId === undefined ? undefined : { platform, tenantId, channelId };
}

/** Null for an address that leads to no bucket. */
export function parseSyncSource(text: string, channel: SyncChannel | null): SyncedSource | null {
	if (text === '') return null;
	if (!/^[a-z0-9]+:\/\//i.test(text)) return { name: resolve(text), from: { folder: resolve(text) }, channel };
	const bucket = parseBucketPlace(text);
	return bucket === null ? null : { name: `s3://${bucket.bucket}/${bucket.prefix}`, from: { bucket }, channel };
}
