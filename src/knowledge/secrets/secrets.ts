/** Whether a text holds what must not be spread by being searchable: keys, tokens, numbers of cards and accounts. Pure, and linear in the length. */

export interface SecretOptions {
	/** Also Spanish identity numbers (DNI, NIE), which ordinary documents of many departments have. */
	nationalIds?: boolean;
}

/** Forms that vendors document so that they are found; each is long enough to be none by chance. */
const tokens = [
	/-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----/,
	/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
	/\bgh[opsur]_[A-Za-z0-9]{36}/,
	/\bgithub_pat_\w{60,}/,
	/\bglpat-[\w-]{20}/,
	/\bxox[abeoprs]-[\w-]{20,}/,
	/\bxapp-\d-[\w-]{20,}/,
	/\b[rs]k_live_[A-Za-z0-9]{20,}/,
	/\bsk-(?:proj|ant|svcacct)-[\w-]{20,}/,
	/\bsk-[A-Za-z0-9]{48}\b/,
	/\bAIza[\w-]{35}/,
	/\bnpm_[A-Za-z0-9]{36}\b/,
	/\bhf_[A-Za-z0-9]{34}\b/,
	/\bccb_[0-9A-Za-z]{58}\b/,
	/\bSG\.[\w-]{22}\.[\w-]{43}/,
];

export function holdsSecret(text: string, { nationalIds = false }: SecretOptions = {}): boolean {
	return (
		tokens.some((token) => token.test(text)) ||
		someMatch(text, card, isCard) ||
		someMatch(text, iban, isIban) ||
		(nationalIds && someMatch(text, dni, isDni))
	);
}

function someMatch(text: string, pattern: RegExp, isValid: (found: string) => boolean): boolean {
	for (const { groups } of text.matchAll(pattern)) if (isValid(groups?.['found']?.replace(/[ -]/g, '') ?? '')) return true;
	return false;
}

/** Groups as they are printed on cards, or no groups. Numbers that go on before or after are other numbers. */
const card =
	/(?<![\d.,-])(?<found>\d{4}(?<four>[ -]?)\d{4}\k<four>\d{4}\k<four>\d{1,7}|\d{4}(?<three>[ -]?)\d{6}\k<three>\d{4,5})(?![\d-]|[.,]\d)/g;
/** The beginnings and lengths that the large networks use (ISO/IEC 7812): one in ten other numbers would pass the check digit. */
const network =
	/^(?:4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|3[068]\d{12})$/;

function isCard(digits: string): boolean {
	return network.test(digits) && !/^(\d)\1+$/.test(digits) && luhn(digits) === 0;
}

function luhn(digits: string): number {
	const sum = [...digits].reverse().reduce((total, digit, at) => {
		const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return sum % 10;
}

/** Lengths by country ("IBAN Registry", SWIFT), of Europe and where many have accounts. */
const ibanLengths: Readonly<Record<string, number>> = {
	AD: 24,
	AE: 23,
	AT: 20,
	BE: 16,
	BG: 22,
	CH: 21,
	CY: 28,
	CZ: 24,
	DE: 22,
	DK: 18,
	EE: 20,
	ES: 24,
	FI: 18,
	FR: 27,
	GB: 22,
	GI: 23,
	GR: 27,
	HR: 21,
	HU: 28,
	IE: 22,
	IL: 23,
	IS: 26,
	IT: 27,
	LI: 21,
	LT: 20,
	LU: 20,
	LV: 21,
	MC: 27,
	MT: 31,
	NL: 18,
	NO: 15,
	PL: 28,
	PT: 25,
	RO: 24,
	SA: 24,
	SE: 24,
	SI: 19,
	SK: 24,
	SM: 27,
	TR: 26,
	UA: 29,
};
/** Every beginning is looked at: what seems to be one may end in another. */
const iban = /(?<![A-Za-z0-9])(?=(?<found>[A-Za-z]{2}\d{2}[A-Za-z0-9 -]{11,42}))/g;
/** Fewer have only words that follow something like `es24`. */
const fewestDigits = 10;

function isIban(found: string): boolean {
	const account = found.toUpperCase();
	const length = ibanLengths[account.slice(0, 2)];
	if (length === undefined || account.length < length) return false;
	// Words may follow in the same line.
	const number = account.slice(0, length);
	return number.replace(/\D/g, '').length >= fewestDigits && remainder97(number) === 1;
}

function remainder97(account: string): number {
	let remainder = 0;
	for (const character of account.slice(4) + account.slice(0, 4)) {
		const value = Number.parseInt(character, 36);
		remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
	}
	return remainder;
}

const dni = /(?<![A-Za-z0-9])(?<found>(?:\d{8}|[XYZxyz]-?\d{7})[ -]?[A-Za-z])(?![A-Za-z0-9])/g;
const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

function isDni(found: string): boolean {
	const number = found.toUpperCase();
	const digits = number.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
	return dniLetters[Number(digits) % 23] === number.at(-1);
}
