/** Who may read a place is asked anew as soon as somebody comes or goes, or the place is opened or closed. */

import type { Memberships } from '../identity/memberships.ts';
import type { MembershipChange } from '../identity/place-answers.ts';
import type { AppRemoved, MemberChanged, PlaceChanged } from '../platform/place-event.ts';
import type { Subscriptions } from './subscriptions.ts';

export function followMembers(subscriptions: Pick<Subscriptions, 'atOnce'>, memberships: Pick<Memberships, 'forget'>): void {
	const types = [
		'member-joined',
		'member-left',
		'place-made-private',
		'place-made-public',
		'place-shared',
		'place-unshared',
		'place-deleted',
		'app-removed',
	] as const;
	subscriptions.atOnce(types, async (event) => await memberships.forget(changeOf(event)));
}

function changeOf(event: MemberChanged | PlaceChanged | AppRemoved): MembershipChange {
	if (event.place === null) return { platform: event.platform };
	const { platform, place, isWholeTeam } = event;
	const accountId = 'member' in event ? event.member?.accountId : undefined;
	if (isWholeTeam !== true) return { platform, channelId: place.channelId };
	// The other places of the team are not named.
	return accountId === undefined ? { platform } : { platform, channelId: place.channelId, accountId };
}
