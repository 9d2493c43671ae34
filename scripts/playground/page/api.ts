/** The page's way to the playground's server: what changes comes in, what the person does goes out. */

import { applyChanges, emptyView } from '../live.ts';
import type { Sample, View } from '../wire.ts';

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
	/** The thread that an answer would go to, for something that was said. */
	threadId?: string | null;
	isForBot?: boolean;
	/** Why the platform would tell the person that the app did not answer. */
	failure?: string;
	/** The app asks for more in a form. */
	opensForm?: boolean;
}

/** @throws Error when the server was not reached or has none. */
export async function fetchSample({ path, name, mimetype }: Sample): Promise<File> {
	const response = await fetch(path);
	if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
	return new File([await response.blob()], name, { type: mimetype });
}

/** The platform would not have allowed it either. */
export class Refusal extends Error {}

/** Asks the server to do something. @throws Refusal; another Error when the server was not reached or failed. */
export async function act(action: string, details: Record<string, unknown> = {}): Promise<ActionResult> {
	const response = await fetch(`/api/${action}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(details),
	});
	if (response.status === 400) throw new Refusal(action);
	if (!response.ok) throw new Error(`${action}: HTTP ${response.status}`);
	return response.json();
}
