import { describe, expect, it } from 'vitest';
import type { AuditReading } from '#src/administration/audit-reading.ts';
import { auditCommand } from '#src/commands/audit.ts';
import { readArguments } from '#src/commands/typed-arguments.ts';
import { english } from '#src/locales/english.ts';
import { commandsOver, placeOfKind, runCommand } from './command-scene.ts';

const { audit } = english.administration;
const reading: AuditReading = { isOn: true, read: async (request) => [`read: ${JSON.stringify(request)}`] };

describe('audit', () => {
	it('answers where nobody else can read it, and nowhere else', async () => {
		const read = '{"person":"slack:T1:U1","count":20,"reason":"complaint of May"}';
		expect(await runCommand(auditCommand, 'slack:T1:U1 complaint of May', { services: { reading } })).toBe(`read: ${read}`);
		for (const kind of ['channel', 'group'] as const) {
			const place = placeOfKind(kind);
			expect(await runCommand(auditCommand, 'slack:T1:U1 complaint of May', { services: { reading }, place })).toBe(
				english.command.directOnly,
			);
		}
	});

	it('needs somebody, and a reason, unless it is switched off', async () => {
		const say = (typed: string, isOn = true) => runCommand(auditCommand, typed, { services: { reading: { ...reading, isOn } } });
		expect(await say('')).toBe(audit.usage);
		expect(await say('Ana')).toBe(audit.reason);
		expect(await say('Ana 20')).toBe(audit.reason);
		expect(await say('Ana 20 because')).toBe(audit.reason);
		expect(await say('', false)).toBe(audit.off);
	});

	it('is heard when it is spoken with an account or a name in quotes, and leaves sentences alone', () => {
		const registry = commandsOver({});
		expect(registry.findSpoken('audit slack:T1:U1 complaint of May')?.typed).toBe('slack:T1:U1 complaint of May');
		expect(registry.findSpoken('auditar «Ana Pérez» 5 queja de mayo')?.typed).toBe('«Ana Pérez» 5 queja de mayo');
		expect(registry.findSpoken('audit our books and tell me the result')).toBeNull();
	});

	it.each([
		['slack:T1:U1 complaint of May', { who: 'slack:T1:U1', count: 20, why: 'complaint of May' }],
		['“Ana Pérez” 5 complaint of May', { who: 'Ana Pérez', count: 5, why: 'complaint of May' }],
		['Ana 999 complaint of May', { who: 'Ana', count: 50, why: 'complaint of May' }],
		['Ana 0 complaint of May', { who: 'Ana', count: 1, why: 'complaint of May' }],
		['Ana 5 – because of May', { who: 'Ana', count: 5, why: '– because of May' }],
		['Ana 5000 copies of it', { who: 'Ana', count: 20, why: '5000 copies of it' }],
	])('is read from %j', (typed, values) => expect(readArguments(auditCommand.arguments, typed)).toEqual({ values }));

	it.each([
		['Ana   ', 'why'],
		['Ana . .', 'why'],
		[`Ana 5 ${'b'.repeat(300)} of May`, 'why'],
		['Ana 5 because …', 'why'],
		['', 'who'],
	])('is not read from %j', (typed, unread) => expect(readArguments(auditCommand.arguments, typed)).toEqual({ unread }));
});
