/*
 * Waiting for conditions: nothing here sleeps for a time and hopes.
 */
'use strict';

const PATIENCE_MS = 15000;
const LOOK_MS = 10;

/* The promise's value, or a complaint that names what never came. */
exports.within = (promise, what) => {
	let timer;
	const late = new Promise((resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`no ${what} came in time`)),
		    PATIENCE_MS);
	});

	return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/* The first true value of TRUTH, which is asked again and again. */
exports.until = async (truth, what) => {
	const start = Date.now();

	for (;;) {
		const value = await truth();

		if (value)
			return value;
		if (Date.now() - start > PATIENCE_MS)
			throw new Error(`${what}: not in time`);
		await new Promise(resolve => setTimeout(resolve, LOOK_MS));
	}
};

/* Items that somebody puts and somebody else takes, in whichever order. */
exports.Queue = class Queue {
	constructor() {
		this.items = [];
		this.takers = [];
	}

	put(item) {
		const i = this.takers.findIndex(taker => taker.wants(item));

		if (i === -1)
			this.items.push(item);
		else
			this.takers.splice(i, 1)[0].resolve(item);
	}

	/* The first item that WANTS says yes to, now or later. */
	take(what, wants = () => true) {
		const i = this.items.findIndex(wants);

		if (i !== -1)
			return Promise.resolve(this.items.splice(i, 1)[0]);
		return exports.within(new Promise(resolve => {
			this.takers.push({ wants, resolve });
		}), what);
	}
};
