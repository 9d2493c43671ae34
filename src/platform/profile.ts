/** Who an account belongs to, as the platform tells it. */

export interface Profile {
	accountId: string;
	tenantId: string;
	displayName: string;
	/** BCP 47, as the platform gives it: `es-ES`, `en-US`. Null when it does not tell. */
	locale: string | null;
	/** A name of the IANA database: `Europe/Madrid`. Absent where the platform does not tell. */
	timeZone?: string;
	isBot: boolean;
	/** A guest of the tenant. */
	isGuest: boolean;
	/** A person of another company, met in a shared channel. */
	isExternal: boolean;
	isDeactivated: boolean;
	/** As the platform has verified it; absent where it does not tell. */
	email?: string;
}
