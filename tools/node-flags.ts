/**
 * Node 24's baseline compiler can leave a pointer that the garbage collector then follows into nowhere
 * (https://github.com/nodejs/node/issues/62393): test processes ended with SIGSEGV now and then. Without it they do not.
 */
export const SAFE_COMPILING = ["--no-sparkplug"];

/**
 * Node's flags in the image's entrypoint, for everything else that runs the bundle: what a benchmark measures
 * must be what a household runs. A contract test holds both equal; the heap's size is by the machine's memory.
 */
export const NODE_FLAGS = [
  ...SAFE_COMPILING,
  "--expose-gc",
  "--max-semi-space-size=2",
  "--max-old-space-size=512",
];

/** The environment that belongs to the flags. */
export const NODE_ENVIRONMENT = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "16384",
  MALLOC_TRIM_THRESHOLD_: "16384",
} as const;
