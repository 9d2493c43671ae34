import { expect, it } from 'vitest';
import type { AuditReading } from '#src/administration/audit-reading.ts';
import { createAuditCommand } from '#src/commands/audit.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { createCommandRegistry } from '#src/commands/registry.ts';
import { english } from '#src/words/english.ts';

const context: CommandContext = {
	person: { userId: 'berta', identityId: 'berta', role: 'ccb_admin', displayName: 'Berta', locale: null, standing: 'member', limits: {} },
	words: english,
	place: { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '', kind: 'direct' },
	argument: 'slack:T1:U1 complaint of May',
};
const reading: AuditReading = { read: async (typed) => [`read: ${typed}`] };
const command = createAuditCommand({ reading });

it('answers where nobody else can read it, and nowhere else', async () => {
	expect(await command.run(context)).toEqual(['read: slack:T1:U1 complaint of May']);
	for (const kind of ['channel', 'group'] as const) {
		expect(await command.run({ ...context, place: { ...context.place, kind } })).toEqual([english.command.directOnly]);
	}
});

it('is heard when it is spoken with an account or a name in quotes, and leaves sentences alone', () => {
	const registry = createCommandRegistry([command]);
	expect(registry.findSpoken('audit slack:T1:U1 complaint of May')?.argument).toBe('slack:T1:U1 complaint of May');
	expect(registry.findSpoken('auditar «Ana Pérez» 5 queja de mayo')?.argument).toBe('«Ana Pérez» 5 queja de mayo');
	expect(registry.findSpoken('audit our books and tell me the result')).toBeNull();
});
