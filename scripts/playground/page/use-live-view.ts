/** The page's connection to the server as hooks: what one sees, and what of it is new. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { emptyView } from '../live.ts';
import type { Place, View } from '../wire.ts';
import { followView } from './api.ts';
import { aboutOf } from './selectors.ts';

/** The view of one person, kept up to date; empty until the server has told who that is. */
export function useLiveView(personId: string | null): { view: View; isConnected: boolean } {
	const [view, setView] = useState<View>(emptyView);
	const [isConnected, setIsConnected] = useState(true);
	useEffect(() => followView(personId, { onView: setView, onConnection: setIsConnected }), [personId]);
	return { view, isConnected };
}

/** The ids of the places with something new from others since they were last looked at. */
export function useUnread(view: View, places: readonly Place[], openPlaceId: string): ReadonlySet<string> {
	const seen = useRef(new Map<string, number>());
	const meId = aboutOf(view)?.meId ?? '';
	const unread = new Set<string>();
	for (const place of places) {
		const newest = newestOfOthers(view, place, meId);
		const key = `${meId}/${place.id}`;
		if (place.id === openPlaceId || !seen.current.has(key)) seen.current.set(key, newest);
		if (newest > (seen.current.get(key) ?? 0)) unread.add(place.id);
	}
	return unread;
}

function newestOfOthers(view: View, place: Place, meId: string): number {
	let newest = 0;
	for (const { platform, placeId, authorId, atMs } of Object.values(view.messages)) {
		if (platform === place.platform && placeId === place.id && authorId !== meId) newest = Math.max(newest, atMs);
	}
	return newest;
}
