/** What is said before the first statement: PRELOGIN and LOGIN7 ("[MS-TDS]", 2.2.6.5 and 2.2.6.4). */

export const encryptions = { off: 0, on: 1, notSupported: 2, required: 3 } as const;

const encryptionOption = 1;
const endOfOptions = 0xff;

/** Which encryption the client wants. */
export function readPrelogin(body: Buffer): number {
	for (let at = 0; body[at] !== endOfOptions && at < body.length; at += 5)
		if (body[at] === encryptionOption) return body[body.readUInt16BE(at + 1)] ?? 0;
	return encryptions.off;
}

/** A version, as that of 2022, and the encryption. */
export function writePrelogin(encryption: number): Buffer {
	const version = Buffer.of(16, 0, 4, 225, 0, 0);
	const options = Buffer.of(0, 0, 11, 0, version.length, encryptionOption, 0, 11 + version.length, 0, 1, endOfOptions);
	return Buffer.concat([options, version, Buffer.of(encryption)]);
}

export interface Login {
	user: string;
	password: string;
	database: string;
	appName: string;
	isForReading: boolean;
}

/** Where the offsets of texts stand, and the bit of `TypeFlags` that says ReadOnlyIntent. */
const places = { user: 40, password: 44, appName: 48, database: 68 };
const typeFlags = 26;
const readOnlyIntent = 0x20;

export function readLogin(body: Buffer): Login {
	const text = (place: number, decode: (bytes: Buffer) => Buffer = (bytes) => bytes) => {
		const [at, characters] = [body.readUInt16LE(place), body.readUInt16LE(place + 2)];
		return decode(Buffer.from(body.subarray(at, at + characters * 2))).toString('utf16le');
	};
	return {
		user: text(places.user),
		password: text(places.password, clearBytes),
		database: text(places.database),
		appName: text(places.appName),
		isForReading: ((body[typeFlags] ?? 0) & readOnlyIntent) !== 0,
	};
}

/** Not encrypted but turned about: each byte is exclusively combined with A5, its halves exchanged before. */
function clearBytes(bytes: Buffer): Buffer {
	return bytes.map((byte) => {
		const mixed = byte ^ 0xa5;
		return ((mixed & 0x0f) << 4) | (mixed >> 4);
	}) as Buffer;
}
