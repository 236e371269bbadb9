// Preloaded into the processes that `npm start` starts. When it is killed and cannot end them, the channel
// to it closes, and they end themselves.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref(); // listening must not keep a process alive that is done
