import { describe, expect, it } from 'vitest';
import { type AccountFacts, type AccountRules, chooseRole, type RoleFacts, ruledBy } from '#src/identity/role-choice.ts';

const roles = {
	ccb_guest: { rank: 0, limits: {} },
	ccb_contractor: { rank: 50, limits: {} },
	ccb_employee: { rank: 100, limits: {} },
	ccb_lead: { rank: 150, limits: {} },
	ccb_admin: { rank: 1_000, limits: {} },
};
const nothing: RoleFacts = { roles, granted: null, mappings: [], admitted: { account: null, guests: null, strangers: null } };
const member: AccountFacts = { isGuest: false, isExternal: false, isDeactivated: false, groups: [] };
const mapped: RoleFacts = {
	...nothing,
	mappings: [
		{ groupId: 'leads', role: 'ccb_lead' },
		{ groupId: 'it', role: 'ccb_admin' },
		{ groupId: 'outside', role: 'ccb_contractor' },
		{ groupId: 'ghosts', role: 'ccb_dropped' },
	],
};

describe('somebody of the company', () => {
	it('has the usual role when nothing else is said', () => {
		expect(chooseRole(nothing, member)).toEqual({ role: 'ccb_employee', standing: 'member' });
	});

	it.each([
		[['leads'], 'ccb_lead'],
		[['leads', 'it', 'outside'], 'ccb_admin'],
		[['outside'], 'ccb_contractor'],
		[['outside', 'leads'], 'ccb_lead'],
		[['ghosts'], 'ccb_employee'],
		[['ghosts', 'outside'], 'ccb_contractor'],
		[['something else'], 'ccb_employee'],
		[[], 'ccb_employee'],
	])('in the groups %j is %s', (groups, role) => {
		expect(chooseRole(mapped, { ...member, groups })).toMatchObject({ role, standing: 'member' });
	});

	it('has the lowest role that a group could give when the platform does not tell the groups', () => {
		expect(chooseRole(mapped, { ...member, groups: null })).toMatchObject({ role: 'ccb_guest', standing: 'guest' });
		const valid = mapped.mappings.filter(({ role }) => role in roles);
		expect(chooseRole({ ...mapped, mappings: valid }, { ...member, groups: null })).toMatchObject({ role: 'ccb_contractor' });
		expect(chooseRole({ ...mapped, mappings: valid.slice(0, 2) }, { ...member, groups: null })).toMatchObject({ role: 'ccb_employee' });
	});

	it('has what an administrator granted, whatever the groups say', () => {
		expect(chooseRole({ ...mapped, granted: 'ccb_contractor' }, { ...member, groups: ['it'] })).toMatchObject({ role: 'ccb_contractor' });
	});

	it('has no rights under a role that is not there any more', () => {
		expect(chooseRole({ ...nothing, granted: 'ccb_dropped' }, member)).toEqual({ role: 'ccb_guest', standing: 'guest' });
	});
});

describe('somebody from outside', () => {
	const guest = { ...member, isGuest: true };
	const stranger = { ...member, isExternal: true };

	it.each([guest, stranger, { ...guest, ...stranger, isExternal: true }])('is refused, whatever was granted and mapped', (account) => {
		const facts: RoleFacts = { ...mapped, granted: 'ccb_admin' };
		expect(chooseRole(facts, { ...account, groups: ['it'] })).toEqual({ role: 'ccb_guest', standing: 'guest' });
	});

	it('is let in as what guests, or people of that company, are admitted as', () => {
		const admitted = { account: null, guests: 'ccb_contractor', strangers: 'ccb_lead' } as const;
		expect(chooseRole({ ...nothing, admitted }, guest)).toEqual({ role: 'ccb_contractor', standing: 'member' });
		expect(chooseRole({ ...nothing, admitted }, stranger)).toEqual({ role: 'ccb_lead', standing: 'member' });
		expect(chooseRole({ ...nothing, admitted }, { ...guest, isExternal: true })).toMatchObject({ role: 'ccb_lead' });
		expect(chooseRole({ ...nothing, admitted: { ...admitted, account: 'ccb_employee' } }, guest)).toMatchObject({ role: 'ccb_employee' });
	});
});

it('somebody who left has no access, whatever they were', () => {
	const facts: RoleFacts = { ...mapped, granted: 'ccb_admin', admitted: { account: 'ccb_lead', guests: null, strangers: null } };
	expect(chooseRole(facts, { ...member, isDeactivated: true, groups: ['it'] })).toEqual({ role: 'ccb_guest', standing: 'deactivated' });
});

describe('an account that no chat platform knows', () => {
	const rules: AccountRules = { groups: [], mappings: [{ groupId: 'it', role: 'ccb_admin' }], mayAdminister: true };

	it('has what its own groups give in the place of what administrators mapped, and nothing without one', () => {
		expect(chooseRole(ruledBy(mapped, rules), { ...member, groups: ['it'] })).toMatchObject({ role: 'ccb_admin' });
		expect(chooseRole(ruledBy(mapped, rules), { ...member, groups: ['leads'] })).toEqual({ role: 'ccb_guest', standing: 'guest' });
		expect(chooseRole(ruledBy({ ...mapped, granted: 'ccb_lead' }, rules), member)).toMatchObject({ role: 'ccb_lead' });
	});

	it('has what administrators mapped where nothing else is said', () => {
		const own = { ...rules, mappings: null };
		expect(chooseRole(ruledBy(mapped, own), { ...member, groups: ['leads'] })).toMatchObject({ role: 'ccb_lead' });
		expect(chooseRole(ruledBy(mapped, own), member)).toMatchObject({ role: 'ccb_employee' });
		expect(ruledBy(mapped, null)).toBe(mapped);
	});

	it('has no rights of an administrator where it may not have them, whoever gave them', () => {
		const own = { ...rules, mayAdminister: false };
		expect(chooseRole(ruledBy(mapped, own), { ...member, groups: ['it'] })).toEqual({ role: 'ccb_employee', standing: 'member' });
		expect(chooseRole(ruledBy({ ...nothing, granted: 'ccb_admin' }, own), member)).toMatchObject({ role: 'ccb_employee' });
		expect(chooseRole(ruledBy({ ...nothing, granted: 'ccb_lead' }, own), member)).toMatchObject({ role: 'ccb_lead' });
	});
});
