/** Which names of time zones are known here. */

/** The longest name of the IANA database has 32 characters. */
const mostCharacters = 64;

/** Whether it is a name of the IANA database, as far as this Node.js has it. */
export function isTimeZone(name: string): boolean {
	if (name.length > mostCharacters) return false;
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
