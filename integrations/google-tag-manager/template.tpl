___TERMS_OF_SERVICE___

By creating or modifying this file you agree to Google Tag Manager's Community
Template Gallery Developer Terms of Service available at
https://developers.google.com/tag-manager/gallery-tos (or such other URL as
Google may provide), as modified from time to time.


___INFO___

{
  "type": "TAG",
  "id": "cvt_temp_public_id",
  "version": 1,
  "securityGroups": [],
  "displayName": "Doui",
  "categories": ["TAG_MANAGEMENT", "UTILITY"],
  "brand": {
    "id": "brand_dummy",
    "displayName": "Doui"
  },
  "description": "Loads doui.js where nothing but Google Tag Manager can be pasted into a page, and passes the visitor's choices on to Google Consent Mode. Use it with the trigger Consent Initialization.",
  "containerContexts": ["WEB"]
}


___TEMPLATE_PARAMETERS___

[
  {
    "type": "TEXT",
    "name": "url",
    "displayName": "Address of doui.js",
    "simpleValueType": true,
    "help": "Empty: /doui/doui.js on the page's own host. Of another host: the whole address, such as https://static.shop.example/doui/doui.js. If it ends otherwise, add it to the permission \"Injects scripts\".",
    "valueValidators": [
      {
        "type": "REGEX",
        "args": ["(https://.+)?"],
        "errorMessage": "Write an address that begins with https://, or nothing."
      }
    ]
  },
  {
    "type": "TEXT",
    "name": "waitForUpdate",
    "displayName": "Milliseconds that Google's tags wait for doui.js",
    "simpleValueType": true,
    "defaultValue": 500,
    "valueValidators": [
      { "type": "NON_NEGATIVE_NUMBER" }
    ]
  },
  {
    "type": "CHECKBOX",
    "name": "pushesEvent",
    "checkboxText": "Push the event doui_change, with the choices as doui",
    "simpleValueType": true,
    "defaultValue": true,
    "help": "For triggers. Untick it where signals.google is on in shop.json: doui.js then pushes the event itself."
  },
  {
    "type": "CHECKBOX",
    "name": "redactsAds",
    "checkboxText": "ads_data_redaction",
    "simpleValueType": true,
    "defaultValue": false
  },
  {
    "type": "CHECKBOX",
    "name": "passesUrl",
    "checkboxText": "url_passthrough",
    "simpleValueType": true,
    "defaultValue": false
  }
]


___SANDBOXED_JS_FOR_WEB_TEMPLATE___

const callInWindow = require('callInWindow');
const copyFromWindow = require('copyFromWindow');
const createQueue = require('createQueue');
const getUrl = require('getUrl');
const gtagSet = require('gtagSet');
const injectScript = require('injectScript');
const logToConsole = require('logToConsole');
const makeNumber = require('makeNumber');
const queryPermission = require('queryPermission');
const setDefaultConsentState = require('setDefaultConsentState');
const templateStorage = require('templateStorage');
const updateConsentState = require('updateConsentState');

const TYPES = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage', 'functionality_storage', 'personalization_storage'];

// Doui leads: this tag reads its state and tells Google. Nothing is written back.
const stateNow = () => copyFromWindow('doui.state');

// What is not known to be granted is denied.
const consentOf = (state) => {
  const told = (state && state.consent) || {};
  const consent = { security_storage: 'granted' };
  TYPES.forEach((type) => {
    consent[type] = told[type] === 'granted' ? 'granted' : 'denied';
  });
  return consent;
};

const tell = () => {
  const state = stateNow();
  updateConsentState(consentOf(state));
  if (data.pushesEvent && state) {
    createQueue('dataLayer')({ event: 'doui_change', doui: state.choices });
  }
};

const connect = () => {
  const state = stateNow();
  if (!state) return false;
  callInWindow('doui.onChange', tell);
  templateStorage.setItem('isConnected', true);
  return state;
};

// The tag may fire more than once in a page.
if (templateStorage.getItem('isConnected')) {
  data.gtmOnSuccess();
  return;
}

gtagSet({ ads_data_redaction: !!data.redactsAds, url_passthrough: !!data.passesUrl });

const there = connect();
if (there) {
  setDefaultConsentState(consentOf(there));
  if (there.decidedAt) tell();
  data.gtmOnSuccess();
  return;
}

const defaults = consentOf();
defaults.wait_for_update = makeNumber(data.waitForUpdate) || 500;
setDefaultConsentState(defaults);

const url = data.url || getUrl('protocol') + '://' + getUrl('host') + '/doui/doui.js';
if (!queryPermission('inject_script', url)) {
  logToConsole('Doui: the permission "Injects scripts" does not have ' + url);
  data.gtmOnFailure();
  return;
}

const meet = () => {
  const state = connect();
  if (!state) {
    logToConsole('Doui: ' + url + ' is not doui.js');
    data.gtmOnFailure();
    return;
  }
  if (state.decidedAt) tell();
  else updateConsentState(consentOf(state));
  data.gtmOnSuccess();
};

injectScript(url, meet, data.gtmOnFailure, url);


___WEB_PERMISSIONS___

[
  {
    "instance": {
      "key": { "publicId": "access_consent", "versionId": "1" },
      "param": [
        {
          "key": "consentTypes",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "consentType" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }],
                "mapValue": [{ "type": 1, "string": "ad_storage" }, { "type": 8, "boolean": false }, { "type": 8, "boolean": true }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "consentType" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }],
                "mapValue": [{ "type": 1, "string": "ad_user_data" }, { "type": 8, "boolean": false }, { "type": 8, "boolean": true }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "consentType" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }],
                "mapValue": [{ "type": 1, "string": "ad_personalization" }, { "type": 8, "boolean": false }, { "type": 8, "boolean": true }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "consentType" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }],
                "mapValue": [{ "type": 1, "string": "analytics_storage" }, { "type": 8, "boolean": false }, { "type": 8, "boolean": true }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "consentType" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }],
                "mapValue": [{ "type": 1, "string": "functionality_storage" }, { "type": 8, "boolean": false }, { "type": 8, "boolean": true }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "consentType" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }],
                "mapValue": [{ "type": 1, "string": "personalization_storage" }, { "type": 8, "boolean": false }, { "type": 8, "boolean": true }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "consentType" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }],
                "mapValue": [{ "type": 1, "string": "security_storage" }, { "type": 8, "boolean": false }, { "type": 8, "boolean": true }]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  },
  {
    "instance": {
      "key": { "publicId": "access_globals", "versionId": "1" },
      "param": [
        {
          "key": "keys",
          "value": {
            "type": 2,
            "listItem": [
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "key" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }, { "type": 1, "string": "execute" }],
                "mapValue": [{ "type": 1, "string": "doui.state" }, { "type": 8, "boolean": true }, { "type": 8, "boolean": false }, { "type": 8, "boolean": false }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "key" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }, { "type": 1, "string": "execute" }],
                "mapValue": [{ "type": 1, "string": "doui.onChange" }, { "type": 8, "boolean": false }, { "type": 8, "boolean": false }, { "type": 8, "boolean": true }]
              },
              {
                "type": 3,
                "mapKey": [{ "type": 1, "string": "key" }, { "type": 1, "string": "read" }, { "type": 1, "string": "write" }, { "type": 1, "string": "execute" }],
                "mapValue": [{ "type": 1, "string": "dataLayer" }, { "type": 8, "boolean": true }, { "type": 8, "boolean": true }, { "type": 8, "boolean": false }]
              }
            ]
          }
        }
      ]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  },
  {
    "instance": {
      "key": { "publicId": "inject_script", "versionId": "1" },
      "param": [
        {
          "key": "urls",
          "value": {
            "type": 2,
            "listItem": [
              { "type": 1, "string": "https://*/doui/doui.js" },
              { "type": 1, "string": "https://*/doui.js" }
            ]
          }
        }
      ]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  },
  {
    "instance": {
      "key": { "publicId": "get_url", "versionId": "1" },
      "param": [
        { "key": "urlParts", "value": { "type": 1, "string": "specific" } },
        { "key": "protocol", "value": { "type": 8, "boolean": true } },
        { "key": "host", "value": { "type": 8, "boolean": true } }
      ]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  },
  {
    "instance": {
      "key": { "publicId": "write_data_layer", "versionId": "1" },
      "param": [
        {
          "key": "keyPatterns",
          "value": {
            "type": 2,
            "listItem": [
              { "type": 1, "string": "ads_data_redaction" },
              { "type": 1, "string": "url_passthrough" }
            ]
          }
        }
      ]
    },
    "clientAnnotations": { "isEditedByUser": true },
    "isRequired": true
  },
  {
    "instance": {
      "key": { "publicId": "access_template_storage", "versionId": "1" },
      "param": []
    },
    "isRequired": true
  },
  {
    "instance": {
      "key": { "publicId": "logging", "versionId": "1" },
      "param": [
        { "key": "environments", "value": { "type": 1, "string": "debug" } }
      ]
    },
    "isRequired": true
  }
]


___TESTS___

scenarios:
- name: Without doui.js, all is denied and the file is loaded
  code: |-
    runCode(mockData);
    assertApi('setDefaultConsentState').wasCalledWith(denied({ wait_for_update: 500 }));
    assertApi('injectScript').wasCalled();
    assertThat(injected).isEqualTo('https://shop.example/doui/doui.js');
    assertApi('updateConsentState').wasCalledWith(denied());
    assertApi('gtmOnSuccess').wasCalled();
    assertThat(pushed.length).isEqualTo(0);
- name: A decision made before is told once doui.js is there
  code: |-
    loaded = stateOf({ ad_storage: 'granted' }, 1764000000, { ads: true, traffic: false });
    runCode(mockData);
    assertApi('updateConsentState').wasCalledWith(denied({ ad_storage: 'granted' }));
    assertThat(pushed).isEqualTo([{ event: 'doui_change', doui: { ads: true, traffic: false } }]);
    assertApi('gtmOnSuccess').wasCalled();
- name: Where doui.js stands in the page, its state is the default and nothing is loaded
  code: |-
    state = stateOf({ analytics_storage: 'granted' }, 1764000000, { traffic: true });
    runCode(mockData);
    assertApi('setDefaultConsentState').wasCalledWith(denied({ analytics_storage: 'granted' }));
    assertApi('injectScript').wasNotCalled();
    assertApi('gtmOnSuccess').wasCalled();
- name: A change is passed on, a withdrawal too
  code: |-
    runCode(mockData);
    state = stateOf({ ad_storage: 'granted', ad_user_data: 'granted' }, 1764000000, { ads: true });
    changed();
    assertApi('updateConsentState').wasCalledWith(denied({ ad_storage: 'granted', ad_user_data: 'granted' }));
    state = stateOf({}, 1764000001, { ads: false });
    changed();
    assertThat(updates[updates.length - 1]).isEqualTo(denied());
    assertThat(pushed).isEqualTo([{ event: 'doui_change', doui: { ads: true } }, { event: 'doui_change', doui: { ads: false } }]);
- name: Without the event, only Google is told
  code: |-
    mockData.pushesEvent = false;
    runCode(mockData);
    state = stateOf({ ad_storage: 'granted' }, 1764000000, { ads: true });
    changed();
    assertThat(pushed.length).isEqualTo(0);
- name: A file that does not come leaves all denied
  code: |-
    mock('injectScript', (url, succeeded, failed) => failed());
    runCode(mockData);
    assertApi('gtmOnFailure').wasCalled();
    assertApi('gtmOnSuccess').wasNotCalled();
    assertApi('updateConsentState').wasNotCalled();
- name: A file that is not doui.js leaves all denied
  code: |-
    loaded = undefined;
    runCode(mockData);
    assertApi('gtmOnFailure').wasCalled();
    assertApi('updateConsentState').wasNotCalled();
- name: An address without permission is not loaded
  code: |-
    mockData.url = 'https://static.shop.example/other.js';
    runCode(mockData);
    assertApi('injectScript').wasNotCalled();
    assertApi('gtmOnFailure').wasCalled();
- name: The address that is given is the one that is loaded
  code: |-
    mockData.url = 'https://static.shop.example/doui.js';
    runCode(mockData);
    assertThat(injected).isEqualTo('https://static.shop.example/doui.js');
- name: Settings are passed on
  code: |-
    mockData.redactsAds = true;
    runCode(mockData);
    assertApi('gtagSet').wasCalledWith({ ads_data_redaction: true, url_passthrough: false });
- name: A second firing in one page does nothing
  code: |-
    runCode(mockData);
    runCode(mockData);
    assertThat(listeners).isEqualTo(1);
setup: |-
  const mockData = { waitForUpdate: 500, pushesEvent: true, redactsAds: false, passesUrl: false };
  const types = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage', 'functionality_storage', 'personalization_storage'];
  const denied = (others) => {
    const consent = { security_storage: 'granted' };
    types.forEach((type) => {
      consent[type] = 'denied';
    });
    for (const key in others || {}) consent[key] = others[key];
    return consent;
  };
  const stateOf = (granted, decidedAt, choices) => ({ consent: denied(granted), decidedAt: decidedAt, choices: choices });

  // What doui.js will say once it has loaded, and what it says now.
  let loaded = stateOf({}, null, { ads: false });
  let state;
  let injected;
  let changed;
  let listeners = 0;
  const pushed = [];
  const updates = [];
  const storage = {};

  mock('getUrl', (part) => ({ protocol: 'https', host: 'shop.example' })[part]);
  mock('copyFromWindow', () => state);
  mock('callInWindow', (name, listener) => {
    listeners += 1;
    changed = listener;
  });
  mock('createQueue', () => (entry) => pushed.push(entry));
  mock('updateConsentState', (consent) => updates.push(consent));
  mock('injectScript', (url, succeeded) => {
    injected = url;
    state = loaded;
    succeeded();
  });
  mockObject('templateStorage', {
    getItem: (key) => storage[key],
    setItem: (key, value) => {
      storage[key] = value;
    }
  });


___NOTES___

Doui is a consent and cookie-preference manager for online shops. Where doui.js can stand first in a page's head, this template is not needed: see docs/tag-manager.md of Doui.
