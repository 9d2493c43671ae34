/** What must not be found in anything that a platform shows. */

export type FindingKind =
	| 'image'
	| 'ping'
	/** A link whose label names a host that it does not lead to. */
	| 'foreign-label'
	/** A link to anything but the web or a mail address. */
	| 'scheme'
	/** A link to a host that nobody here knows, where only known ones may be linked. */
	| 'unknown-host'
	/** HTML where the platform reads it. */
	| 'html'
	/** Code that a reader would copy is not what the model wrote. */
	| 'code-changed'
	/** Ordinary text that does not arrive as it was written. */
	| 'text-changed'
	/** A stream that ended well and does not show the whole text. */
	| 'not-whole'
	/** More text in a message than the platform takes. */
	| 'too-long'
	| 'too-slow'
	| 'thrown';

export interface Finding {
	kind: FindingKind;
	/** The surface and the reader that found it. */
	where: string;
	/** What it is about, as found. */
	what: string;
}
