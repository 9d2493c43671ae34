/** One thing that is proven: a sentence, and what fails when it is not so. */

export type Prove = (sentence: string, act: () => Promise<void>) => Promise<void>;
