/** How often the two ends of the live stream hear of each other: the server's numbers and the page's in one place, so that neither outruns the other. */

export const livePace = {
	/** The server says at least this often that it is there: well below the 60 s after which nginx ends a silent stream. */
	heartbeatMs: 15_000,
	/** After so long without a byte the page connects anew: two heartbeats may be lost. */
	silenceMs: 40_000,
	/** Its first pause before it does, and the longest, each doubled and varied by chance. */
	retryMs: { first: 500, most: 15_000 },
	/** Over which time pages come back when the program stops: a thousand of them not at the same moment. */
	byeSpreadMs: 5_000,
} as const;
