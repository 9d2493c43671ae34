/** Whose accounts get in beside those of the chat platforms. Pure. */

import type { WebTenants } from '../identity/web-accounts.ts';
import { type CompanyProvider, tenantOfIssuer } from './company-provider.ts';
import { localTenant } from './passwords/local-accounts.ts';

export interface WebTenantSettings {
	/** Null where there is none. */
	company: Pick<CompanyProvider, 'issuer' | 'roles'> | null;
	hasPasswords: boolean;
}

/** A provider's sign-in carries its own second factor. */
export function webTenantsOf({ company, hasPasswords }: WebTenantSettings): WebTenants {
	return new Map([
		...(company === null ? [] : [[tenantOfIssuer(company.issuer), { roles: company.roles, asksForSecondFactor: false }] as const]),
		...(hasPasswords ? [[localTenant, { roles: null, asksForSecondFactor: true }] as const] : []),
	]);
}
