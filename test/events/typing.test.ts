import { describe, expect, it } from 'vitest';
import { createTypingSource } from '#src/events/typing.ts';
import type { Person } from '#src/identity/person.ts';
import { spanish } from '#src/locales/spanish.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { employee } from '../commands/command-scene.ts';

const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '', kind: 'channel' };
const typing = { place, actor: { tenantId: 'T', accountId: 'ana' }, locale: 'es-ES', command: 'model', argument: 'model', typed: 'sm' };

describe('what somebody is offered while they type', () => {
	function offeredTo(person: Partial<Person>, asked: object = typing) {
		const met: unknown[] = [];
		const completed: unknown[] = [];
		const source = createTypingSource({
			platforms: new Map([['fake', createFakePlatform()]]),
			identities: {
				resolve: async (_platform, actor, meeting) => {
					met.push([actor, meeting]);
					return { ...employee, locale: 'es', ...person };
				},
			},
			commands: {
				complete: async (...given) => {
					completed.push(given);
					return ['small'];
				},
			},
			language: 'en',
		});
		return { met, completed, offered: source({ ...typing, ...asked }, new AbortController().signal) };
	}

	it('is asked for in their name and their language', async () => {
		const { met, completed, offered } = offeredTo({});
		expect(await offered).toEqual(['small']);
		expect(met).toEqual([[typing.actor, { place, locale: 'es-ES' }]]);
		expect(completed).toEqual([
			[
				{ command: 'model', argument: 'model', typed: 'sm' },
				{ person: { ...employee, locale: 'es' }, words: spanish },
			],
		]);
	});

	it.each(['guest', 'deactivated'] as const)('is nothing for whoever is %s', async (standing) => {
		const { completed, offered } = offeredTo({ standing });
		expect([await offered, completed]).toEqual([[], []]);
	});

	it('is nothing on a platform that there is not', async () => {
		expect(await offeredTo({}, { place: { ...place, platform: 'web' } }).offered).toEqual([]);
	});
});
