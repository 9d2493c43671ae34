/** What every activity says of itself: who may send it, from where, about which conversation. Pure. */

import type { Place } from '#src/platform/place.ts';
import { isAllowedAddress, isLoopbackAddress } from './hosts.ts';
import { asObject, idOf, type Json, textOf } from './json.ts';
import { routeOf, serviceUrlIn } from './route.ts';
import type { TeamsSettings } from './settings.ts';

/** Why an activity is not taken, although its token is good. */
export type EnvelopeRefusal = 'ignored' | 'service-url';

type Rules = Pick<TeamsSettings, 'anonymous' | 'serviceHosts'>;

/**
 * `serviceUrl` is what the token vouches for; null in anonymous mode. An activity that names no conversation is none of ours. Any other
 * must come from the connector that may be answered. Whose it is, the token does not say: see `tenantOf`.
 */
export function checkEnvelope(activity: Json, serviceUrl: string | null, rules: Rules): EnvelopeRefusal | null {
	const isComplete = [activity['id'], asObject(activity['conversation'])['id'], activity['type']].every((field) => idOf(field) !== '');
	if (!isComplete || activity['channelId'] !== 'msteams') return 'ignored';
	const address = textOf(activity['serviceUrl']);
	if (rules.anonymous) return isLoopbackAddress(address) ? null : 'service-url';
	return address === serviceUrl && isAllowedAddress(address, rules.serviceHosts) ? null : 'service-url';
}

/**
 * The tenant whose person did this; empty when the activity names none, or more than one: then they are nobody's. `channelData.tenant.id`
 * is "passed in all contexts" ("Channel data in bot conversations"); the conversation and the sender name one only at times.
 */
export function tenantOf(activity: Json): string {
	const tenantId = idOf(asObject(asObject(activity['channelData'])['tenant'])['id']);
	const others = [asObject(activity['conversation'])['tenantId'], asObject(activity['from'])['tenantId']];
	return others.every((other) => other === undefined || other === null || other === tenantId) ? tenantId : '';
}

/** Whether the stored way to a place may still be gone: settings change. */
export function isAllowedRoute(route: string, rules: Rules): boolean {
	const serviceUrl = serviceUrlIn(route);
	return rules.anonymous ? isLoopbackAddress(serviceUrl) : isAllowedAddress(serviceUrl, rules.serviceHosts);
}

/** The conversation's id without its thread, the thread's root, and the kind; null for a kind that is not known. */
export function readPlace(activity: Json): Place | null {
	const conversation = asObject(activity['conversation']);
	const [channelId = '', thread = ''] = idOf(conversation['id']).split(';messageid=', 2);
	const kind = kindOf(conversation, channelId);
	const tenantId = idOf(conversation['tenantId']) || idOf(asObject(asObject(activity['channelData'])['tenant'])['id']);
	if (kind === null || channelId === '' || tenantId === '') return null;
	const threadId = kind === 'channel' ? thread : '';
	return { platform: 'teams', tenantId, channelId, threadId, kind, route: routeOf(activity) };
}

/** The id by which the connector knows the place: in a channel, that of the thread. */
export function teamsConversationId({ channelId, threadId }: Place): string {
	return threadId === '' ? channelId : `${channelId};messageid=${threadId}`;
}

function kindOf({ conversationType }: Json, channelId: string): Place['kind'] | null {
	if (conversationType === 'personal') return 'direct';
	if (conversationType === 'groupChat') return 'group';
	if (conversationType === 'channel') return 'channel';
	// Some activities leave the type out; the ids of channels and group chats tell.
	if (/@thread\.(?:tacv2|skype)$/.test(channelId)) return 'channel';
	if (/@thread\.v2$/.test(channelId)) return 'group';
	return channelId.startsWith('a:') ? 'direct' : null;
}
