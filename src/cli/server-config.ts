/** The configuration of a server, for the commands that are one or work in its place. */
import { type Config, ConfigError, readConfig } from '../config.ts';
import { CommandError } from './client.ts';

/** @throws CommandError listing every fault of the environment. */
export function readConfigOrExplain(): Config {
  try {
    return readConfig();
  } catch (error) {
    throw error instanceof ConfigError ? new CommandError(error.message) : error;
  }
}
