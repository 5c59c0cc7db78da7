import { type Region, regionList } from './region-list.ts';

/**
 * The regions that 2.x lines added, by English name of the country. Codes are full ISO 3166-2 but for Australia,
 * Belgium, India, Italy and Mexico, which keep the part behind the hyphen.
 */
export const addedCountries: readonly (readonly Region[])[] = [
  regionList(
    'AL',
    `01: Berat; 09: Dibër; 02: Durrës; 03: Elbasan; 04: Fier; 05: Gjirokastër; 06: Korçë; 07: Kukës; 08: Lezhë;
    10: Shkodër; 11: Tiranë; 12: Vlorë`,
    'AL-',
  ),
  regionList(
    'AR',
    `C: Ciudad Autónoma de Buenos Aires; B: Buenos Aires; K: Catamarca; H: Chaco; U: Chubut; X: Córdoba; W: Corrientes;
    E: Entre Ríos; P: Formosa; Y: Jujuy; L: La Pampa; F: La Rioja; M: Mendoza; N: Misiones; Q: Neuquén; R: Río Negro;
    A: Salta; J: San Juan; D: San Luis; Z: Santa Cruz; S: Santa Fe; G: Santiago del Estero; V: Tierra del Fuego;
    T: Tucumán`,
    'AR-',
  ),
  regionList(
    'AU',
    `ACT: Australian Capital Territory; NSW: New South Wales; VIC: Victoria; QLD: Queensland; SA: South Australia;
    TAS: Tasmania; WA: Western Australia; NT: Northern Territory`,
  ),
  regionList(
    'BY',
    `BR: Bresckaja voblasć; HO: Homieĺskaja voblasć; HM: Horad Minsk; HR: Hrodzienskaja voblasć;
    MA: Mahilioŭskaja voblasć; MI: Minskaja voblasć; VI: Viciebskaja voblasć`,
    'BY-',
  ),
  regionList(
    'BE',
    `VAN: Antwerpen; WBR: Brabant wallon; BRU: Brussels-Capital Region; WHT: Hainaut; VLI: Limburg; WLG: Liège;
    WLX: Luxembourg; WNA: Namur; VOV: Oost-Vlaanderen; VBR: Vlaams-Brabant; VWV: West-Vlaanderen`,
  ),
  regionList(
    'BO',
    `C: Cochabamba; H: Chuquisaca; B: El Beni; L: La Paz; O: Oruro; N: Pando; P: Potosí; S: Santa Cruz; T: Tarija`,
    'BO-',
  ),
  regionList(
    'BG',
    `01: Blagoevgrad; 02: Burgas; 03: Varna; 04: Veliko Tarnovo; 05: Vidin; 06: Vratsa; 07: Gabrovo; 08: Dobrich;
    09: Kardzhali; 10: Kyustendil; 11: Lovech; 12: Montana; 13: Pazardzhik; 14: Pernik; 15: Pleven; 16: Plovdiv;
    17: Razgrad; 18: Ruse; 19: Silistra; 20: Sliven; 21: Smolyan; 22: Sofia City; 23: Sofia Province; 24: Stara Zagora;
    25: Targovishte; 26: Haskovo; 27: Shumen; 28: Yambol`,
    'BG-',
  ),
  regionList(
    'CL',
    `AI: Aisén del General Carlos Ibañez del Campo; AN: Antofagasta; AP: Arica y Parinacota; AR: La Araucanía;
    AT: Atacama; BI: Biobío; CO: Coquimbo; LI: Libertador General Bernardo O'Higgins; LL: Los Lagos; LR: Los Ríos;
    MA: Magallanes; ML: Maule; NB: Ñuble; RM: Región Metropolitana de Santiago; TA: Tarapacá; VS: Valparaíso`,
    'CL-',
  ),
  regionList(
    'CN',
    `AH: Anhui Sheng; BJ: Beijing Shi; CQ: Chongqing Shi; FJ: Fujian Sheng; GS: Gansu Sheng; GD: Guangdong Sheng;
    GX: Guangxi Zhuangzu Zizhiqu; GZ: Guizhou Sheng; HI: Hainan Sheng; HE: Hebei Sheng; HL: Heilongjiang Sheng;
    HA: Henan Sheng; HK: Hong Kong SAR; HB: Hubei Sheng; HN: Hunan Sheng; JS: Jiangsu Sheng; JX: Jiangxi Sheng;
    JL: Jilin Sheng; LN: Liaoning Sheng; MO: Macao SAR; NM: Nei Mongol Zizhiqu; NX: Ningxia Huizi Zizhiqu;
    QH: Qinghai Sheng; SN: Shaanxi Sheng; SD: Shandong Sheng; SH: Shanghai Shi; SX: Shanxi Sheng; SC: Sichuan Sheng;
    TW: Taiwan Sheng; TJ: Tianjin Shi; XJ: Xinjiang Uygur Zizhiqu; XZ: Xizang Zizhiqu; YN: Yunnan Sheng;
    ZJ: Zhejiang Sheng`,
    'CN-',
  ),
  regionList(
    'CO',
    `AMA: Amazonas; ANT: Antioquia; ARA: Arauca; ATL: Atlántico; BOL: Bolívar; BOY: Boyacá; CAL: Caldas; CAQ: Caquetá;
    CAS: Casanare; CAU: Cauca; CES: Cesar; CHO: Chocó; COR: Córdoba; CUN: Cundinamarca; GUA: Guainía; GUV: Guaviare;
    HUL: Huila; LAG: La Guajira; MAG: Magdalena; MET: Meta; NAR: Nariño; NSA: Norte de Santander; PUT: Putumayo;
    QUI: Quindío; RIS: Risaralda; SAP: San Andrés y Providencia; SAN: Santander; SUC: Sucre; TOL: Tolima;
    VAC: Valle del Cauca; VAU: Vaupés; VID: Vichada`,
    'CO-',
  ),
  regionList(
    'HR',
    `01: Zagrebačka županija; 02: Krapinsko-zagorska županija; 03: Sisačko-moslavačka županija; 04: Karlovačka županija;
    05: Varaždinska županija; 06: Koprivničko-križevačka županija; 07: Bjelovarsko-bilogorska županija;
    08: Primorsko-goranska županija; 09: Ličko-senjska županija; 10: Virovitičko-podravska županija;
    11: Požeško-slavonska županija; 12: Brodsko-posavska županija; 13: Zadarska županija;
    14: Osječko-baranjska županija; 15: Šibensko-kninska županija; 16: Vukovarsko-srijemska županija;
    17: Splitsko-dalmatinska županija; 18: Istarska županija; 19: Dubrovačko-neretvanska županija;
    20: Međimurska županija; 21: Grad Zagreb`,
    'HR-',
  ),
  regionList(
    'CZ',
    `10: Praha, Hlavní město; 20: Středočeský kraj; 31: Jihočeský kraj; 32: Plzeňský kraj; 41: Karlovarský kraj;
    42: Ústecký kraj; 51: Liberecký kraj; 52: Královéhradecký kraj; 53: Pardubický kraj; 63: Kraj Vysočina;
    64: Jihomoravský kraj; 71: Olomoucký kraj; 72: Zlínský kraj; 80: Moravskoslezský kraj`,
    'CZ-',
  ),
  regionList('DK', `84: Hovedstaden; 82: Midtjylland; 81: Nordjylland; 85: Sjælland; 83: Syddanmark`, 'DK-'),
  regionList(
    'EC',
    `A: Azuay; B: Bolívar; F: Cañar; C: Carchi; H: Chimborazo; X: Cotopaxi; O: El Oro; E: Esmeraldas; W: Galápagos;
    G: Guayas; I: Imbabura; L: Loja; R: Los Ríos; M: Manabí; S: Morona Santiago; N: Napo; D: Orellana; Y: Pastaza;
    P: Pichincha; SE: Santa Elena; SD: Santo Domingo de los Tsáchilas; U: Sucumbíos; T: Tungurahua;
    Z: Zamora Chinchipe`,
    'EC-',
  ),
  regionList(
    'GR',
    `A: Anatolikí Makedonía kai Thráki; I: Attikí; G: Dytikí Elláda; C: Dytikí Makedonía; F: Ionía Nísia; D: Ípeiros;
    B: Kentrikí Makedonía; M: Kríti; L: Nótio Aigaío; J: Pelopónnisos; H: Stereá Elláda; E: Thessalía;
    K: Vóreio Aigaío`,
    'GR-',
  ),
  regionList(
    'GY',
    `BA: Barima-Waini; CU: Cuyuni-Mazaruni; DE: Demerara-Mahaica; EB: East Berbice-Corentyne;
    ES: Essequibo Islands-West Demerara; MA: Mahaica-Berbice; PM: Pomeroon-Supenaam; PT: Potaro-Siparuni;
    UD: Upper Demerara-Berbice; UT: Upper Takutu-Upper Essequibo`,
    'GY-',
  ),
  regionList(
    'IS',
    `01: Höfuðborgarsvæði; 02: Suðurnes; 03: Vesturland; 04: Vestfirðir; 05: Norðurland vestra; 06: Norðurland eystra;
    07: Austurland; 08: Suðurland`,
    'IS-',
  ),
  regionList(
    'IN',
    `AN: Andaman and Nicobar Islands; AP: Andhra Pradesh; AR: Arunachal Pradesh; AS: Assam; BR: Bihar; CH: Chandigarh;
    CT: Chhattisgarh; DN: Dadra and Nagar Haveli; DD: Daman and Diu; DL: Delhi; GA: Goa; GJ: Gujarat; HR: Haryana;
    HP: Himachal Pradesh; JK: Jammu and Kashmir; JH: Jharkhand; KA: Karnataka; KL: Kerala; LD: Lakshadweep;
    MP: Madhya Pradesh; MH: Maharashtra; MN: Manipur; ML: Meghalaya; MZ: Mizoram; NL: Nagaland; OR: Odisha;
    PY: Puducherry; PB: Punjab; RJ: Rajasthan; SK: Sikkim; TN: Tamil Nadu; TG: Telangana; TR: Tripura;
    UP: Uttar Pradesh; UT: Uttarakhand; WB: West Bengal`,
  ),
  regionList(
    'IT',
    `AG: Agrigento; AL: Alessandria; AN: Ancona; AO: Aosta; AQ: L'Aquila; AR: Arezzo; AP: Ascoli-Piceno; AT: Asti;
    AV: Avellino; BA: Bari; BT: Barletta-Andria-Trani; BL: Belluno; BN: Benevento; BG: Bergamo; BI: Biella; BO: Bologna;
    BZ: Bolzano; BS: Brescia; BR: Brindisi; CA: Cagliari; CL: Caltanissetta; CB: Campobasso; CE: Caserta; CT: Catania;
    CZ: Catanzaro; CH: Chieti; CO: Como; CS: Cosenza; CR: Cremona; KR: Crotone; CN: Cuneo; EN: Enna; FM: Fermo;
    FE: Ferrara; FI: Firenze; FG: Foggia; FC: Forli-Cesena; FR: Frosinone; GE: Genova; GO: Gorizia; GR: Grosseto;
    IM: Imperia; IS: Isernia; SP: La-Spezia; LT: Latina; LE: Lecce; LC: Lecco; LI: Livorno; LO: Lodi; LU: Lucca;
    MC: Macerata; MN: Mantova; MS: Massa-Carrara; MT: Matera; ME: Messina; MI: Milano; MO: Modena; MB: Monza-Brianza;
    NA: Napoli; NO: Novara; NU: Nuoro; OR: Oristano; PD: Padova; PA: Palermo; PR: Parma; PV: Pavia; PG: Perugia;
    PU: Pesaro-Urbino; PE: Pescara; PC: Piacenza; PI: Pisa; PT: Pistoia; PN: Pordenone; PZ: Potenza; PO: Prato;
    RG: Ragusa; RA: Ravenna; RC: Reggio-Calabria; RE: Reggio-Emilia; RI: Rieti; RN: Rimini; RM: Roma; RO: Rovigo;
    SA: Salerno; SS: Sassari; SV: Savona; SI: Siena; SR: Siracusa; SO: Sondrio; SU: Sud Sardegna; TA: Taranto;
    TE: Teramo; TR: Terni; TO: Torino; TP: Trapani; TN: Trento; TV: Treviso; TS: Trieste; UD: Udine; VA: Varese;
    VE: Venezia; VB: Verbania; VC: Vercelli; VR: Verona; VV: Vibo-Valentia; VI: Vicenza; VT: Viterbo`,
  ),
  regionList(
    'MX',
    `AGU: Aguascalientes; BCN: Baja California; BCS: Baja California Sur; CAM: Campeche; CHP: Chiapas; CHH: Chihuahua;
    CMX: Ciudad de México; COA: Coahuila; COL: Colima; DUR: Durango; MEX: Estado de México; GUA: Guanajuato;
    GRO: Guerrero; HID: Hidalgo; JAL: Jalisco; MIC: Michoacán; MOR: Morelos; NAY: Nayarit; NLE: Nuevo León; OAX: Oaxaca;
    PUE: Puebla; QUE: Querétaro; ROO: Quintana Roo; SLP: San Luis Potosí; SIN: Sinaloa; SON: Sonora; TAB: Tabasco;
    TAM: Tamaulipas; TLA: Tlaxcala; VER: Veracruz; YUC: Yucatán; ZAC: Zacatecas`,
  ),
  regionList(
    'PY',
    `ASU: Asunción; 16: Alto Paraguay; 10: Alto Paraná; 13: Amambay; 19: Boquerón; 5: Caaguazú; 6: Caazapá;
    14: Canindeyú; 11: Central; 1: Concepción; 3: Cordillera; 4: Guairá; 7: Itapúa; 8: Misiones; 12: Ñeembucú;
    9: Paraguarí; 15: Presidente Hayes; 2: San Pedro`,
    'PY-',
  ),
  regionList(
    'PE',
    `LMA: Municipalidad Metropolitana de Lima; AMA: Amazonas; ANC: Ancash; APU: Apurímac; ARE: Arequipa; AYA: Ayacucho;
    CAJ: Cajamarca; CUS: Cusco; CAL: El Callao; HUV: Huancavelica; HUC: Huánuco; ICA: Ica; JUN: Junín; LAL: La Libertad;
    LAM: Lambayeque; LIM: Lima; LOR: Loreto; MDD: Madre de Dios; MOQ: Moquegua; PAS: Pasco; PIU: Piura; PUN: Puno;
    SAM: San Martín; TAC: Tacna; TUM: Tumbes; UCA: Ucayali`,
    'PE-',
  ),
  regionList(
    'PL',
    `02: dolnośląskie; 04: kujawsko-pomorskie; 06: lubelskie; 08: lubuskie; 10: łódzkie; 12: małopolskie;
    14: mazowieckie; 16: opolskie; 18: podkarpackie; 20: podlaskie; 22: pomorskie; 24: śląskie; 26: świętokrzyskie;
    28: warmińsko-mazurskie; 30: wielkopolskie; 32: zachodniopomorskie`,
    'PL-',
  ),
  regionList(
    'PT',
    `01: Aveiro; 02: Beja; 03: Braga; 04: Bragança; 05: Castelo Branco; 06: Coimbra; 07: Évora; 08: Faro; 09: Guarda;
    10: Leiria; 11: Lisboa; 12: Portalegre; 13: Porto; 14: Santarém; 15: Setúbal; 16: Viana do Castelo; 17: Vila Real;
    18: Viseu; 20: Região Autónoma dos Açores; 30: Região Autónoma da Madeira`,
    'PT-',
  ),
  regionList(
    'SR',
    `BR: Brokopondo; CM: Commewijne; CR: Coronie; MA: Marowijne; NI: Nickerie; PR: Para; PM: Paramaribo; SA: Saramacca;
    SI: Sipaliwini; WA: Wanica`,
    'SR-',
  ),
  regionList(
    'SE',
    `K: Blekinge län; W: Dalarnas län; I: Gotlands län; X: Gävleborgs län; N: Hallands län; Z: Jämtlands län;
    F: Jönköpings län; H: Kalmar län; G: Kronobergs län; BD: Norrbottens län; M: Skåne län; AB: Stockholms län;
    D: Södermanlands län; C: Uppsala län; S: Värmlands län; AC: Västerbottens län; Y: Västernorrlands län;
    U: Västmanlands län; O: Västra Götalands län; T: Örebro län; E: Östergötlands län`,
    'SE-',
  ),
  regionList(
    'UY',
    `AR: Artigas; CA: Canelones; CL: Cerro Largo; CO: Colonia; DU: Durazno; FS: Flores; FD: Florida; LA: Lavalleja;
    MA: Maldonado; MO: Montevideo; PA: Paysandu; RN: Río Negro; RV: Rivera; RO: Rocha; SA: Salto; SJ: San José;
    SO: Soriano; TA: Tacuarembó; TT: Treinta y Tres`,
    'UY-',
  ),
  regionList(
    'VE',
    `W: Dependencias Federales; A: Distrito Capital; Z: Amazonas; B: Anzoátegui; C: Apure; D: Aragua; E: Barinas;
    F: Bolívar; G: Carabobo; H: Cojedes; Y: Delta Amacuro; I: Falcón; J: Guárico; K: Lara; L: Mérida; M: Miranda;
    N: Monagas; O: Nueva Esparta; P: Portuguesa; R: Sucre; S: Táchira; T: Trujillo; X: Vargas; U: Yaracuy; V: Zulia`,
    'VE-',
  ),
];
