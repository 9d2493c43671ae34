/** The page's way to the playground's server: what changes comes in, what the person does goes out. */

import type { Change, View } from '../wire.ts';

export function emptyView(): View {
	return { about: {}, people: {}, channels: {}, messages: {}, activities: {}, prompts: {}, calls: {}, replies: {} };
}

/** The view with the changes applied; sections and entries without changes stay the same objects. */
export function applyChanges(view: View, changes: readonly Change[]): View {
	const next: View = { ...view };
	const copied = new Set<string>();
	for (const { section, key, value } of changes) {
		if (!copied.has(section)) {
			copied.add(section);
			Object.assign(next, { [section]: { ...next[section] } });
		}
		if (value === null) delete next[section][key];
		else Object.assign(next[section], { [key]: value });
	}
	return next;
}

export interface LiveListener {
	onView(view: View): void;
	onConnection(isConnected: boolean): void;
}

/**
 * Follows what one person sees; `personId` null leaves the choice to the server. The browser reconnects by itself, and the
 * server then begins with everything, so the view starts empty on each connection. Returns what ends it.
 */
export function followView(personId: string | null, listener: LiveListener): () => void {
	const source = new EventSource(`/api/live${personId === null ? '' : `?as=${encodeURIComponent(personId)}`}`);
	let view = emptyView();
	source.onopen = () => {
		view = emptyView();
		listener.onConnection(true);
	};
	source.onerror = () => listener.onConnection(false);
	source.onmessage = (event: MessageEvent<string>) => {
		view = applyChanges(view, JSON.parse(event.data));
		listener.onView(view);
	};
	return () => source.close();
}

/** What the server's actions answer; most have nothing to say. */
export interface ActionResult {
	channelId?: string;
	ts?: string;
}

/** Asks the server to do something. @throws Error when it refused or was not reached. */
export async function act(action: string, details: Record<string, unknown> = {}): Promise<ActionResult> {
	const response = await fetch(`/api/${action}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(details),
	});
	if (!response.ok) throw new Error(`${action}: HTTP ${response.status}`);
	return response.json();
}
