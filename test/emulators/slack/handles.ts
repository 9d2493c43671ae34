/** Short-lived handles that interactions carry: trigger ids (3 s, one use) and response_urls (30 min, 5 uses). */

import { SlackFailure, type UrlResponse } from './types.ts';

export interface ResponseTarget {
	channel: string;
	user: string;
	/** The message that carried the button; a command has none. */
	messageTs: string | undefined;
	responses: UrlResponse[];
}

export interface Handles {
	issueTrigger(user: string): string;
	/** @returns who caused it. @throws SlackFailure `invalid_trigger_id`, `expired_trigger_id`, `exchanged_trigger_id`. */
	useTrigger(id: string): string;
	/** Gives the path of a new response_url. */
	issueResponsePath(target: ResponseTarget): string;
	/** @throws SlackFailure `invalid_url`, `expired_url`, `used_url`. */
	useResponsePath(path: string): ResponseTarget;
}

/** "Handling user interaction": the trigger_id expires after 3 seconds. */
const triggerLifetimeMs = 3_000;
/** "Handling user interaction": a response_url works 5 times within 30 minutes. */
const responseUrlLifetimeMs = 30 * 60_000;
const responseUrlUses = 5;

/** Creates the register of handles. Ids are unique within it. */
export function createHandles(now: () => number): Handles {
	const triggers = new Map<string, { atMs: number; used: boolean; user: string }>();
	const urls = new Map<string, { atMs: number; uses: number; target: ResponseTarget }>();
	return {
		issueTrigger(user) {
			const id = `${triggers.size + 1}.${Math.floor(now())}.trigger`;
			triggers.set(id, { atMs: now(), used: false, user });
			return id;
		},
		useTrigger(id) {
			const trigger = triggers.get(id);
			if (trigger === undefined) throw new SlackFailure('invalid_trigger_id');
			if (trigger.used) throw new SlackFailure('exchanged_trigger_id');
			if (now() - trigger.atMs > triggerLifetimeMs) throw new SlackFailure('expired_trigger_id');
			trigger.used = true;
			return trigger.user;
		},
		issueResponsePath(target) {
			const path = `/response/${urls.size + 1}`;
			urls.set(path, { atMs: now(), uses: 0, target });
			return path;
		},
		useResponsePath(path) {
			const url = urls.get(path);
			if (url === undefined) throw new SlackFailure('invalid_url');
			if (now() - url.atMs > responseUrlLifetimeMs) throw new SlackFailure('expired_url');
			if (url.uses >= responseUrlUses) throw new SlackFailure('used_url');
			url.uses += 1;
			return url.target;
		},
	};
}
